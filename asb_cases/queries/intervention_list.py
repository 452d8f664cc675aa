"""The list of interventions: those given, and those in preparation, for whoever may see them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, select

from asb_cases.domain.permissions import Actor
from asb_cases.models.case import Case
from asb_cases.models.intervention import Intervention
from asb_cases.models.person import Person
from asb_cases.queries.paging import STATEMENTS, Order, Page, Place, all_ids, read_page, rows_with_ids
from asb_cases.queries.visibility import interventions_visible_to

#: What was given is listed by the day it counts from; what was not given yet has no such day.
GIVEN_ORDER = Order(lambda intervention: (intervention.issued_on,), descending=True)
PREPARED_ORDER = Order(lambda _intervention: (), descending=True)


@dataclass(frozen=True, kw_only=True)
class InterventionFilter:
    """What the list is narrowed to. `given`: those given, else those not given (drafts, signed, abandoned)."""

    given: bool = True
    powers: tuple[str, ...] = ()
    status: str | None = None
    from_on: date | None = None
    to_on: date | None = None


def interventions_page(actor: Actor, today: date, wanted: InterventionFilter, place: Place | None) -> Page:
    """One page of the list. One query."""
    return read_page(
        _listed(actor, today, wanted), Intervention, GIVEN_ORDER if wanted.given else PREPARED_ORDER, place
    )


def wanted_intervention_ids(actor: Actor, today: date, wanted: InterventionFilter) -> Select[int]:
    """The ids of those wanted, to be counted."""
    return select(Intervention.id).where(interventions_visible_to(actor, today), *_conditions(wanted))


def intervention_ids(actor: Actor, today: date, wanted: InterventionFilter) -> list[int]:
    """The ids of all of them, in that order: what a file is going to hold."""
    order = GIVEN_ORDER if wanted.given else PREPARED_ORDER
    return all_ids(_listed(actor, today, wanted), Intervention, order)


def interventions_with_ids(actor: Actor, today: date, given: bool, ids: Sequence[int]) -> list[Any]:
    """The rows with these ids, in their order. One query."""
    return rows_with_ids(_listed(actor, today, InterventionFilter(given=given)), Intervention, ids)


@lru_cache(maxsize=STATEMENTS)
def _listed(actor: Actor, today: date, wanted: InterventionFilter) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Intervention.id,
            Intervention.reference,
            Intervention.power,
            Intervention.status,
            Intervention.issued_on,
            Intervention.issued_by_body,
            Intervention.ends_on,
            Intervention.entered_in_error_on,
            Intervention.incomplete,
            Person.name.label("subject"),
            Case.reference.label("case_reference"),
        )
        .join(Person, Person.id == Intervention.subject_id)
        .join(Case, Case.id == Intervention.case_id)
        .where(interventions_visible_to(actor, today), *_conditions(wanted))
    )


def _conditions(wanted: InterventionFilter) -> Iterator[ColumnElement[bool]]:
    yield Intervention.issued_on.is_not(None) if wanted.given else Intervention.issued_on.is_(None)
    if wanted.powers:
        yield Intervention.power.in_(wanted.powers)
    if wanted.status:
        yield Intervention.status == wanted.status
    if wanted.from_on is not None:
        yield Intervention.issued_on >= wanted.from_on
    if wanted.to_on is not None:
        yield Intervention.issued_on <= wanted.to_on
