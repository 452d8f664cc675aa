"""Requirements in other words: a variation or a court's order adds a version; the older one ends the day before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from asb_cases.domain.errors import Findings
from asb_cases.domain.powers import POWERS
from asb_cases.domain.powers.legal_test import check_requirements
from asb_cases.domain.requirements import Requirement as Asked
from asb_cases.domain.requirements import RequirementKind, next_version
from asb_cases.extensions import db
from asb_cases.models.intervention import Intervention
from asb_cases.models.requirement import Requirement
from asb_cases.queries.enforcement import requirements_of
from asb_cases.queries.enforcement_records import as_requirement
from asb_cases.queries.not_found import NotFound

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Change:
    """A requirement in other words. `number` names the one it replaces (which keeps its kind); None adds one, of `kind`."""

    text: str
    comply_by: date | None = None
    number: int | None = None
    kind: RequirementKind = RequirementKind.STOP


def check_changes(notice: Intervention, changes: Sequence[Change], taken_away: Sequence[int]) -> Findings:
    """Whether the notice would still be one that s.43 allows."""
    return check_requirements(as_changed(notice, changes, taken_away), POWERS[notice.power].time_limited_kinds)


def as_changed(notice: Intervention, changes: Sequence[Change], taken_away: Sequence[int]) -> tuple[Asked, ...]:
    """The requirements as they would stand."""
    standing = {row.number: as_requirement(row) for row in requirements_of(notice.id) if row.to_on is None}
    highest = max((row.number for row in requirements_of(notice.id)), default=0)
    if not {*taken_away, *(each.number for each in changes if each.number)} <= set(standing):
        raise NotFound("requirement")
    for each in changes:
        if each.number is None:
            highest += 1
            standing[highest] = Asked(highest, 1, each.kind, each.text.strip(), each.comply_by)
        else:
            standing[each.number] = next_version(standing[each.number], each.text.strip(), each.comply_by, date.min)
    return tuple(each for number, each in sorted(standing.items()) if number not in taken_away)


def change_requirements(
    notice: Intervention, changes: Sequence[Change], taken_away: Sequence[int], *, from_on: date, made_by: str
) -> None:
    """Add the versions, in force from a day; a version that began that day itself stands for it, and the new one begins the
    day after. Raises `RuleBroken` where s.43 does not allow them."""
    check_changes(notice, changes, taken_away).raise_if_refused()
    known = {(row.number, row.version): row for row in requirements_of(notice.id)}
    standing = {row.number: row for row in known.values() if row.to_on is None}
    result = {each.number: each for each in as_changed(notice, changes, taken_away)}
    for number, row in standing.items():
        if number not in result or result[number].version != row.version:
            row.to_on = max(from_on - ONE_DAY, row.from_on or from_on - ONE_DAY)
    for each in result.values():
        if (each.number, each.version) not in known:
            before = standing.get(each.number)
            begins = max(from_on, before.to_on + ONE_DAY) if before and before.to_on else from_on
            _add(notice, each, begins, made_by)
    db.session.flush()


def _add(notice: Intervention, each: Asked, from_on: date, made_by: str) -> None:
    db.session.add(
        Requirement(
            intervention_id=notice.id,
            power=notice.power,
            number=each.number,
            version=each.version,
            kind=each.kind,
            text=each.text,
            comply_by=each.comply_by,
            from_on=from_on,
            made_by=made_by,
        )
    )
