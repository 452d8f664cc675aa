"""A real mail server on this machine: it takes, refuses, is slow, hangs up, speaks TLS, and remembers what it took."""

import logging
import socket
import ssl
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass
class MailServer:
    """What the server took, and how it behaves: answers by address, seconds to wait before each answer, hanging up."""

    port: int = 0
    received: list[EmailMessage] = field(default_factory=list)
    connections: int = 0
    refuse: dict[str, str] = field(default_factory=dict)
    refuse_data: str = ""
    slow: float = 0.0
    hang_up_in_data: int = 0
    users: list[str] = field(default_factory=list)

    async def handle_CONNECT(self, *_given: Any) -> None:  # pragma: no cover - kept for older servers
        self.connections += 1

    async def handle_EHLO(
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.connections += 1
        return responses

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:
        time.sleep(self.slow)
        if self.refuse_data:
            return self.refuse_data
        message = message_from_bytes(envelope.content or b"", policy=policy.default)
        assert isinstance(message, EmailMessage)
        if self.hang_up_in_data > 0:
            self.hang_up_in_data -= 1
            self.received.append(message)
            server.transport.close()  # taken, and no answer: what a cut line looks like
            return "250 never heard"
        self.received.append(message)
        return "250 OK"

    @property
    def ids(self) -> list[str]:
        """The Message-IDs of what was taken, in order."""
        return [str(message["Message-ID"]) for message in self.received]


@contextmanager
def mail_server(
    *, tls: str = "none", password: str = "", certificate: Path | None = None, **behaviour: Any
) -> Iterator[MailServer]:
    """A server while it lasts. `tls`: none, starttls or implicit, with the certificate and key in `certificate`."""
    server = MailServer(**behaviour)
    logging.getLogger("mail.log").setLevel(logging.WARNING)
    context = None
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)

    def authenticate(_server: Any, _session: Any, _envelope: Any, _mechanism: str, given: Any) -> AuthResult:
        right = isinstance(given, LoginPassword) and given.password.decode() == password
        if right:
            server.users.append(given.login.decode())
        return AuthResult(success=right, handled=False)  # or nobody would answer

    server.port = server.port or free_port()
    controller = Controller(
        server,
        hostname="127.0.0.1",
        port=server.port,
        ssl_context=context if tls == "implicit" else None,
        tls_context=context if tls == "starttls" else None,
        require_starttls=tls == "starttls",
        authenticator=authenticate if password else None,
        auth_required=bool(password),
        auth_require_tls=tls == "starttls",
    )
    controller.start()
    try:
        yield server
    finally:
        controller.stop()


def free_port() -> int:
    """A port where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def make_certificate(folder: Path, *, address: str = "127.0.0.1") -> Path:
    """A certificate for the address, signed by itself, with its key in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail server under test")])
    began = datetime.now(UTC) - timedelta(days=1)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(began)
        .not_valid_after(began + timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = Path(tempfile.mkdtemp(dir=folder)) / "server.pem"
    path.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    return path
