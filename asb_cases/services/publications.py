"""Publishing the figures about case reviews (2014 Act s.104(9)): frozen as they are published, corrected in the open."""

from datetime import datetime

from asb_cases.domain.calendar import local
from asb_cases.domain.history import canonical_json
from asb_cases.domain.periods import Period
from asb_cases.domain.permissions import Actor, Permission
from asb_cases.domain.publications import changes, check_correction, check_publication
from asb_cases.extensions import db
from asb_cases.models.publication import CaseReviewPublication
from asb_cases.queries.publications import publications_of
from asb_cases.reports.case_review_figures import COLUMNS, YearsFigures, figures_now, numbers_of
from asb_cases.services.history import Subject, record
from asb_cases.services.transaction import transaction


@transaction
def publish_case_review_figures(*, actor: Actor, now: datetime, period: Period, seen: str | None = None) -> int:
    """Publish the figures of a period as the record has them, for good. Returns the id.

    `seen` is the digest of the figures that the publisher was shown: others are not published in their place.
    """
    actor.check(Permission.PUBLISH_FIGURES)
    found = figures_now(period, actor)
    published = publications_of(period)
    check_publication(
        period,
        local(now).date(),
        published=bool(published),
        unknown=found.unknown,
        same_as_seen=seen in (None, found.digest),
    ).raise_if_refused()
    row = _frozen(found, 1, None, actor, now)
    details = _details(row)
    record("case_review_figures_published", _subject(row), actor=actor, now=now, details=details)
    return row.id


@transaction
def correct_case_review_figures(
    *, actor: Actor, now: datetime, period: Period, because: str, seen: str | None = None
) -> int:
    """Publish other figures in the place of those published, with the reason: both stay to be read. Returns the id."""
    actor.check(Permission.PUBLISH_FIGURES)
    found = figures_now(period, actor)
    published = publications_of(period)
    last = published[-1] if published else None
    check_correction(
        published=last is not None,
        changed=last is not None and bool(found.unknown or changes(numbers_of(last), found.known)),
        unknown=found.unknown,
        because=because,
        same_as_seen=seen in (None, found.digest),
    ).raise_if_refused()
    row = _frozen(found, len(published) + 1, because.strip(), actor, now)
    details = _details(row)
    record("case_review_figures_corrected", _subject(row), actor=actor, now=now, details=details, reason=because)
    return row.id


def _frozen(
    found: YearsFigures, number: int, because: str | None, actor: Actor, now: datetime
) -> CaseReviewPublication:
    row = CaseReviewPublication(
        first_on=found.period.first,
        last_on=found.period.last,
        number=number,
        **{COLUMNS[code]: value for code, value in found.known.items()},
        text=found.text,
        notes="\n".join(found.notes),
        by_ward=None if found.by_ward is None else canonical_json(found.by_ward),
        because=because,
        sha256=found.digest,
        published_at=now,
        published_by_id=actor.user_id,
    )
    db.session.add(row)
    db.session.flush()
    return row


def _details(row: CaseReviewPublication) -> dict[str, object]:
    return {"from": row.first_on.isoformat(), "to": row.last_on.isoformat(), "sha256": row.sha256, "number": row.number}


def _subject(row: CaseReviewPublication) -> Subject:
    return Subject("case_review_publication", row.id)
