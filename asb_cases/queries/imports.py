"""What an import needs to know of what is recorded already. Rows of unfinished imports count for nothing, except its own."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, func, or_, select

from asb_cases.domain.names import fold_key
from asb_cases.domain.people import Part, PersonKind
from asb_cases.extensions import db
from asb_cases.models.alleged_breach import AllegedBreach
from asb_cases.models.appeal import Appeal
from asb_cases.models.case import Case, Participant
from asb_cases.models.case_review import CaseReview
from asb_cases.models.category import Category
from asb_cases.models.complaint import Complaint
from asb_cases.models.court_outcome import CourtOutcome
from asb_cases.models.data_import import Import, ImportRow, ImportState, OtherReference
from asb_cases.models.deadline import Deadline
from asb_cases.models.intervention import Intervention
from asb_cases.models.partner_series import PartnerSeries, PartnerValue
from asb_cases.models.payment import Payment
from asb_cases.models.person import Person, PersonAddress
from asb_cases.models.record import FromImport
from asb_cases.models.service import Service
from asb_cases.models.user import User
from asb_cases.queries.person_merges import kept_for, standing_merges
from asb_cases.queries.visibility import of_complete_imports

#: The tables whose new rows the history names, by the word it uses for them.
COUNTED: Mapping[str, type[FromImport]] = {
    "case": Case,
    "person": Person,
    "intervention": Intervention,
    "service": Service,
    "alleged_breach": AllegedBreach,
    "appeal": Appeal,
    "payment": Payment,
    "court_outcome": CourtOutcome,
    "deadline": Deadline,
    "complaint": Complaint,
    "case_review": CaseReview,
    "partner_series": PartnerSeries,
    "partner_value": PartnerValue,
}


def unfinished_import(kind: str) -> Import | None:
    """The import of this kind that was begun and neither finished nor abandoned."""
    return db.session.scalars(
        select(Import).where(Import.kind == kind, Import.state == ImportState.WRITING).order_by(Import.id).limit(1)
    ).one_or_none()


def last_import_id() -> int:
    """The newest import's id, 0 where there is none."""
    return db.session.scalar(select(func.max(Import.id))) or 0


def written_lines(import_id: int, after: int, limit: int) -> Mapping[int, int]:
    """Which record each line became, for the next so many lines after one."""
    rows = db.session.execute(
        select(ImportRow.line, ImportRow.entity_id)
        .where(ImportRow.import_id == import_id, ImportRow.line > after)
        .order_by(ImportRow.line)
        .limit(limit)
    )
    return dict(rows.all())


def known_references(entity_kind: str, keys: Collection[str], *, import_id: int | None = None) -> dict[str, int]:
    """By folded reference, the id of the record that has it in somebody's register. `import_id` adds an import's own."""
    if not keys:
        return {}
    rows = db.session.execute(
        select(OtherReference.reference_key, OtherReference.entity_id).where(
            OtherReference.entity_kind == entity_kind,
            OtherReference.reference_key.in_(keys),
            _visible_or_of(OtherReference, import_id),
        )
    )
    return dict(rows.all())


def cases_called(references: Iterable[str], *, import_id: int | None = None) -> dict[str, int]:
    """By folded reference, the id of the case it means: another register's number, or our own reference."""
    references = list(references)
    if not references:
        return {}
    keys = {fold_key(reference) for reference in references}
    found = known_references("case", keys, import_id=import_id)
    own = db.session.execute(
        select(Case.reference, Case.id).where(
            Case.reference.in_({reference.strip().upper() for reference in references}), of_complete_imports(Case)
        )
    )
    return {fold_key(reference): case_id for reference, case_id in own} | found


def known_fingerprints(kind: str, fingerprints: Collection[str]) -> set[str]:
    """Those of the rows that finished imports of this kind brought in already."""
    return set(
        db.session.scalars(
            select(ImportRow.fingerprint)
            .join(Import, Import.id == ImportRow.import_id)
            .where(ImportRow.fingerprint.in_(fingerprints), Import.kind == kind, Import.state == ImportState.COMPLETE)
        )
    )


def category_codes() -> dict[str, str]:
    """By folded code and folded title, the code of each category, retired ones too: an old row may name one."""
    categories = db.session.scalars(select(Category).order_by(Category.position, Category.id)).all()
    return {fold_key(each.code): each.code for each in categories} | {
        fold_key(each.title): each.code for each in categories
    }


def category_ids() -> dict[str, int]:
    """The id of each category, by its code."""
    return dict(db.session.execute(select(Category.code, Category.id)).all())


def people_without_birth_date(ids: Collection[int]) -> Sequence[tuple[int, PersonKind, str]]:
    """Those of some people whose birth date is not recorded: id, kind and name."""
    unknown = select(Person.id, Person.kind, Person.name).where(Person.id.in_(ids), Person.born_on.is_(None))
    return [(person_id, kind, name) for person_id, kind, name in db.session.execute(unknown)]


def homes_of(person_ids: Collection[int]) -> Sequence[tuple[int, int]]:
    """Where people live or lived, as pairs of person and address."""
    if not person_ids:
        return ()
    homes = select(PersonAddress.person_id, PersonAddress.address_id).where(PersonAddress.person_id.in_(person_ids))
    return [(person_id, address_id) for person_id, address_id in db.session.execute(homes)]


def parts_played(case_ids: Collection[int], part: Part) -> Sequence[tuple[int, int]]:
    """Who plays a part in cases, as pairs of case and person."""
    if not case_ids:
        return ()
    playing = select(Participant.case_id, Participant.person_id).where(
        Participant.case_id.in_(case_ids), Participant.part == part
    )
    return [(case_id, person_id) for case_id, person_id in db.session.execute(playing)]


def people_with_identity(keys: Collection[str], import_id: int) -> dict[str, int]:
    """By identity key, the person it is of; of a record that was merged, the one that stands for it. Where several have the
    same, the first recorded."""
    if not keys:
        return {}
    rows = db.session.execute(
        select(Person.identity_key, func.min(Person.id))
        .where(Person.identity_key.in_(keys), _visible_or_of(Person, import_id))
        .group_by(Person.identity_key)
    )
    merges = standing_merges()
    return {key: kept_for(person_id, merges) for key, person_id in rows}


def owners_with_email(keys: Collection[str]) -> dict[str, tuple[int, int | None]]:
    """By folded e-mail address, the id and the team of those who can still sign in."""
    if not keys:
        return {}
    rows = db.session.execute(
        select(User.email_key, User.id, User.team_id).where(User.email_key.in_(keys), User.active)
    )
    return {key: (user_id, team_id) for key, user_id, team_id in rows}


def standing_values(
    periods: Iterable[tuple[str, date, date]],
) -> dict[tuple[str, date, date], tuple[Decimal | None, str | None, Decimal | None, str, str | None]]:
    """By series and period, what stands now: value, qualifier, change per cent, source and note."""
    codes = {code for code, _first, _last in periods}
    rows = db.session.execute(
        select(PartnerSeries.code, PartnerValue)
        .join(PartnerSeries, PartnerSeries.id == PartnerValue.series_id)
        .where(PartnerSeries.code.in_(codes), of_complete_imports(PartnerValue))
        .order_by(PartnerValue.id)
    )
    return {
        (code, value.period_from, value.period_to): (
            value.value,
            value.qualifier.value if value.qualifier else None,
            value.change_per_cent,
            value.source,
            value.note,
        )
        for code, value in rows
    }


def series_units(codes: Collection[str]) -> dict[str, str]:
    """The unit of each series known, by its code."""
    rows = db.session.execute(
        select(PartnerSeries.code, PartnerSeries.unit).where(
            PartnerSeries.code.in_(codes), of_complete_imports(PartnerSeries)
        )
    )
    return dict(rows.all())


def tally(import_id: int) -> dict[str, dict[str, int]]:
    """What an import brought, table by table: how many rows, and the first and last id."""
    found: dict[str, dict[str, int]] = {}
    for word, rows in COUNTED.items():
        key = rows.__table__.c.id  # type: ignore[attr-defined]
        count, first, last = db.session.execute(
            select(func.count(), func.min(key), func.max(key)).where(rows.import_id == import_id)
        ).one()
        if count:
            found[word] = {"count": count, "first_id": first, "last_id": last}
    return found


def _visible_or_of(rows: type[FromImport], import_id: int | None) -> ColumnElement[bool]:
    visible = of_complete_imports(rows)
    return visible if import_id is None else or_(rows.import_id == import_id, visible)
