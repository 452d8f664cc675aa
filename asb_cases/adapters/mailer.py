"""The mail server: one connection for many e-mails, and its answers told apart."""

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formataddr, formatdate, parseaddr
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, unquote, urlsplit

#: Seconds for one answer of the server. A server that is slower is away.
TIMEOUT = 20.0
PORTS = {"starttls": 587, "implicit": 465, "none": 25}
#: An answer from here on is final (RFC 5321 section 4.2.1).
PERMANENT = 500


class NotDelivered(Exception):
    """The server did not take an e-mail. `permanent`: it never will. `server_away`: it would take no other either.

    `told` is its code and the kind of fault, without an address and without its words, which may quote one.
    """

    def __init__(self, told: str, *, permanent: bool = False, server_away: bool = False) -> None:
        super().__init__(told)
        self.told, self.permanent, self.server_away = told, permanent, server_away


class Mailer:
    """Sends e-mails through the server of `MAIL_URL`: `smtp://user:password@host:port?tls=starttls|implicit|none`.

    Connects at the first e-mail, keeps the connection, and makes a new one where the server has closed it. With tls the
    server's certificate is checked against `context`, by default the machine's own authorities.
    """

    def __init__(self, url: str, sender: str, *, council: str = "", context: ssl.SSLContext | None = None) -> None:
        parts = urlsplit(url)
        self._tls = parse_qs(parts.query).get("tls", ["starttls"])[0]
        if self._tls not in PORTS:
            raise ValueError("tls is starttls, implicit or none")
        self._host, self._port = parts.hostname or "localhost", parts.port or PORTS[self._tls]
        self._user, self._password = unquote(parts.username or ""), unquote(parts.password or "")
        name, self._address = parseaddr(sender)
        self._sender = formataddr((name or council, self._address))
        self._context = context or ssl.create_default_context()
        self._server: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def send(self, *, to: str, subject: str, text: str, html: str | None, message_id: str) -> None:
        """Send one e-mail. Raises NotDelivered; where nothing is raised the server has taken it."""
        message = self._message(to, subject, text, html, message_id)
        try:
            self._connected().send_message(message, self._address, [to])
        except smtplib.SMTPRecipientsRefused as refused:
            code = next(iter(refused.recipients.values()))[0]
            raise NotDelivered(f"{code}: the address was refused", permanent=code >= PERMANENT) from None
        except smtplib.SMTPNotSupportedError:
            raise NotDelivered("The server cannot take such an address", permanent=True) from None
        except smtplib.SMTPAuthenticationError as error:
            self.close()
            raise NotDelivered(f"{error.smtp_code}: the user or password was refused", server_away=True) from None
        except (smtplib.SMTPDataError, smtplib.SMTPSenderRefused) as error:
            raise NotDelivered(f"{error.smtp_code}: refused", permanent=error.smtp_code >= PERMANENT) from None
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            raise NotDelivered(f"{type(error).__name__}: no answer", server_away=True) from None

    def close(self) -> None:
        """Say goodbye, as far as the server still listens."""
        server, self._server = self._server, None
        if server is not None:
            try:
                server.quit()
            except (smtplib.SMTPException, OSError):
                server.close()

    def _connected(self) -> smtplib.SMTP:
        if self._server is not None:
            try:
                if self._server.noop()[0] == 250:
                    return self._server
            except (smtplib.SMTPException, OSError):
                pass
            self._server.close()
        self._server = self._connect()
        return self._server

    def _connect(self) -> smtplib.SMTP:
        if self._tls == "implicit":
            server: smtplib.SMTP = smtplib.SMTP_SSL(self._host, self._port, timeout=TIMEOUT, context=self._context)
        else:
            server = smtplib.SMTP(self._host, self._port, timeout=TIMEOUT)
        try:
            if self._tls == "starttls":
                server.starttls(context=self._context)
            if self._user:
                server.login(self._user, self._password)
        except (smtplib.SMTPException, OSError):
            server.close()  # or a server that lets nobody in keeps a connection for each attempt
            raise
        return server

    def _message(self, to: str, subject: str, text: str, html: str | None, message_id: str) -> EmailMessage:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self._sender, to, subject
        message["Date"], message["Message-ID"] = formatdate(localtime=False), message_id
        # No out-of-office answers to a machine (RFC 3834).
        message["Auto-Submitted"] = "auto-generated"
        message["X-Auto-Response-Suppress"] = "All"
        message.set_content(text)
        if html is not None:
            message.add_alternative(html, subtype="html")
        return message
