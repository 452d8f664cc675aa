"""Rows of the clockwork."""

from typing import Any

from asb_cases.models.email import Email
from tests.factories.rows import NOW, filled, keep, number


def make_email(**given: Any) -> Email:
    """One that waits in the outbox."""
    unique = number()
    return keep(
        Email(
            **filled(
                given,
                effect_key=f"test:{unique}",
                kind="test",
                address="officer@example.org",
                subject="ASB-2026-000123: something is due",
                text="Something is due.",
                message_id=f"<{unique}@example.org>",
                queued_at=NOW,
                next_try_at=NOW,
            )
        )
    )
