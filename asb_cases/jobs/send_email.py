"""Sending what waits in the outbox."""

import time

from flask import current_app

from asb_cases.adapters.mailer import Mailer, NotDelivered
from asb_cases.adapters.time import now
from asb_cases.jobs.job import Outcome, Tick
from asb_cases.services import outbox


def send_email(tick: Tick) -> Outcome:
    """Send every e-mail that is due, over one connection, no faster than MAIL_PER_MINUTE. A server that is away ends the
    run: the others wait without having been tried."""
    url, sender = current_app.config["MAIL_URL"], current_app.config["MAIL_FROM"]
    if not url or not sender:
        return Outcome()
    outbox.release_left_over(holder=tick.holder)
    done = failed = tried = 0
    pause = 60 / current_app.config["MAIL_PER_MINUTE"]
    with Mailer(url, sender, council=current_app.config["COUNCIL_NAME"]) as mailer:
        while (email := outbox.claim_next(holder=tick.holder, now=now(), after=tried)) is not None:
            began, tried = time.monotonic(), email.id
            tick.go_on()
            try:
                mailer.send(
                    to=email.address,
                    subject=email.subject,
                    text=email.text,
                    html=email.html,
                    message_id=email.message_id,
                )
            except NotDelivered as refused:
                outbox.put_back(
                    email_id=email.id, holder=tick.holder, now=now(), told=refused.told, permanent=refused.permanent
                )
                failed += 1
                if refused.server_away:
                    break
            else:
                outbox.mark_sent(email_id=email.id, holder=tick.holder, now=now())
                done += 1
            time.sleep(max(0.0, pause - (time.monotonic() - began)))
    return Outcome(done, failed)
