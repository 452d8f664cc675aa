"""A number opens exactly the rows it counts: for every figure, every part of a breakdown, and every reader."""

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest

from asb_cases.domain.case_review import ThresholdDecision
from asb_cases.domain.complaints import Channel
from asb_cases.domain.errors import NotPermitted
from asb_cases.domain.figures import FIGURES, Dimension, FigureKind
from asb_cases.domain.periods import Period, between, financial_year
from asb_cases.domain.permissions import CONSOLE, Actor, Permission, Role
from asb_cases.domain.workflow import CaseStatus
from asb_cases.extensions import db
from asb_cases.models.complaint import ComplaintCategory
from asb_cases.models.data_import import ImportState
from asb_cases.models.person import Person
from asb_cases.models.user import Team
from asb_cases.queries.figure_drill_down import DrillRow, Part, rows_for
from asb_cases.queries.figure_rows import COUNTED_ROWS
from asb_cases.queries.figures import figures_of
from tests.factories import (
    TODAY,
    actor_of,
    category,
    make_actor,
    make_breach,
    make_case,
    make_case_review,
    make_complaint,
    make_import,
    make_intervention,
    make_person,
    make_reader,
    make_team,
    make_user,
    make_ward,
)
from tests.factories.outcomes import make_appeal, make_court_outcome, make_payment, mark_in_error

YEAR = financial_year(2015)
WITHIN = date(2015, 9, 1)


@pytest.mark.usefixtures("in_app")
@pytest.mark.parametrize("seed", [1, 2])
def test_every_number_opens_as_many_rows_and_parts_add_up(seed: int) -> None:
    chance = random.Random(seed)
    team = make_team()
    scatter_rows(chance, team)
    began = date(2015, 1, 1) + timedelta(days=chance.randrange(400))
    for period in (YEAR, between(began, began + timedelta(days=chance.randrange(30, 400)))):
        for actor in (CONSOLE, make_actor(Role.OFFICER, team=team)):
            assert numbers_that_open_something_else(period, actor, parts=True) == []
        for role in (Role.MANAGER, Role.LEGAL, Role.ANALYST):
            assert numbers_that_open_something_else(period, make_actor(role), parts=False) == []


#: Breakdowns in which a row may stand under several keys.
SEVERAL = {Dimension.CATEGORY}


def numbers_that_open_something_else(period: Period, actor: Actor, *, parts: bool) -> list[tuple[object, ...]]:
    figures = figures_of(period, actor, broken_down=None if parts else ())
    wrong: list[tuple[object, ...]] = []
    for code, found in figures.values.items():
        if found.figure.kind is not FigureKind.COUNT:
            continue
        if len(all_rows(code, period, actor)) != found.value:
            wrong.append((code,))
        for dimension, numbers in figures.breakdowns.get(code, {}).items():
            left = figures.remainder(code, dimension)
            assert sum(numbers.values()) + left == found.value
            if left and dimension not in SEVERAL and not COUNTED_ROWS[code].one_each:
                wrong.append((code, dimension, "leaves over", left))
            if left > 0:
                wrong.append((code, dimension, "loses rows", left))
            wrong += [
                (code, dimension, key)
                for key, number in numbers.items()
                if len(all_rows(code, period, actor, Part(dimension, key))) != number
            ]
    return wrong


def all_rows(code: str, period: Period, actor: Actor, part: Part | None = None) -> list[DrillRow]:
    return rows_for(FIGURES[code], period, actor, today=TODAY, part=part, limit=None).rows


def scatter_rows(chance: random.Random, team: Team) -> None:
    """Rows of every kind around the year: some restricted, in error, another body's, of unfinished imports."""
    day = lambda: date(2015, 2, 1) + timedelta(days=chance.randrange(520))  # noqa: E731
    wards, unfinished = [make_ward(), make_ward()], make_import(ImportState.WRITING)
    births = [None, date(1999, 6, 1), date(1950, 2, 28)]
    people = [
        make_person(chance.choice(["Ann Example", "Sam Field", None]), born_on=chance.choice(births)) for _ in range(6)
    ]
    for _ in range(8):
        case = make_case(
            opened_on=day(), team=chance.choice([team, None]), restricted=chance.random() < 0.3,
            ward_id=chance.choice([None, *(ward.id for ward in wards)]), priority=chance.choice([None, 1, 3]),
            categories=tuple(chance.sample(["noise", "rowdy", "drugs"], chance.randrange(3))),
            import_id=unfinished.id if chance.random() < 0.1 else None,
        )  # fmt: skip
        for _ in range(2):
            scatter_steps(chance, case_id=case.id, day=day(), person=chance.choice(people))
        request = make_complaint(case=chance.choice([case, None]), made_on=day(), channel=Channel.OUT_OF_HOURS)
        for code in chance.sample(["noise_party", "noise_music"], chance.randrange(3)):
            db.session.add(ComplaintCategory(complaint_id=request.id, category_id=category(code).id))
        db.session.commit()
        make_case_review(
            case=chance.choice([case, None]), applied_on=day(),
            **chance.choice([{}, {"threshold": ThresholdDecision.MET, "decided_on": date(2016, 8, 1)}]),
        )  # fmt: skip
        if chance.random() < 0.3:
            mark_in_error(request)
        if chance.random() < 0.3:
            case.status, case.closed_on, case.closure_reason = CaseStatus.CLOSED, date(2016, 8, 1), "Over"
            db.session.commit()


def scatter_steps(chance: random.Random, *, case_id: int, day: date, person: Person) -> None:
    from asb_cases.models.case import Case

    case = db.session.get_one(Case, case_id)
    warned = make_intervention("CPW", case=case, subject=person, issued_on=day)
    body = chance.choice([None, None, "Thames Valley Police"])
    notice = make_intervention(
        "CPN", case=case, subject=person, issued_on=day, follows=warned, issued_by_body=body,
        status=chance.choice(["in_force", "withdrawn", "quashed"]), ended_on=day, ended_because="Over",
    )  # fmt: skip
    make_appeal(notice, lodged_on=day)
    breach = make_breach(notice, from_on=day)
    penalty = make_intervention(
        "FPN", case=case, subject=person, issued_on=day, follows=notice, breach_id=breach.id,
        status=chance.choice(["paid", "unpaid"]),
    )  # fmt: skip
    make_payment(penalty, paid_on=day)
    laid = make_intervention(
        "PROSECUTION", case=case, subject=person, issued_on=day, follows=notice, breach_id=breach.id
    )
    make_court_outcome(laid, decided_on=day)
    if chance.random() < 0.2:
        mark_in_error(notice)


@pytest.mark.usefixtures("in_app")
def test_rows_come_a_page_at_a_time_in_order_and_none_twice() -> None:
    for number in range(7):
        make_complaint(made_on=WITHIN + timedelta(days=number // 3))
    seen: list[DrillRow] = []
    place = None
    for _ in range(4):
        page = rows_for(FIGURES["complaints_received"], YEAR, CONSOLE, today=TODAY, after=place, limit=3)
        seen += page.rows
        place = page.following
        if place is None:
            break
    assert [len(seen), place] == [7, None]
    assert len({row.place.row_id for row in seen}) == 7
    assert [row.place for row in seen] == sorted((row.place for row in seen), key=lambda each: (each.day, each.row_id))


@pytest.mark.usefixtures("in_app")
def test_a_restricted_row_keeps_its_place_and_shows_nothing() -> None:
    secret = make_case(opened_on=WITHIN, restricted=True)
    make_intervention("CPW", case=secret, subject=make_person("Hidden Name"), issued_on=WITHIN)
    manager = make_user(Role.MANAGER)
    [row] = all_rows("cpw_issued", YEAR, actor_of(manager))
    assert row.restricted
    assert [row.reference, row.person, row.case_reference, row.state, row.day, row.holder_id, row.case_id] == [None] * 7
    make_reader(secret, manager)
    [row] = all_rows("cpw_issued", YEAR, actor_of(manager))
    assert (row.restricted, row.person) == (False, "Hidden Name")


@pytest.mark.usefixtures("in_app")
def test_an_analyst_sees_references_and_no_names() -> None:
    make_intervention("CPW", case=make_case(restricted=True), subject=make_person("Hidden Name"), issued_on=WITHIN)
    analyst = make_actor(Role.ANALYST)
    for code in ("cpw_issued", "cpw_recipients"):
        [row] = all_rows(code, YEAR, analyst)
        assert row.reference
        assert row.reference.startswith("CPW-")
        assert row.person is None


@pytest.mark.usefixtures("in_app")
def test_a_recipient_is_one_row_with_a_record_that_may_be_seen() -> None:
    ann = make_person("Ann Example")
    secret = make_intervention("CPW", case=make_case(restricted=True), subject=ann, issued_on=WITHIN)
    known = [make_intervention("CPW", subject=ann, issued_on=WITHIN + timedelta(days=1)) for _ in range(2)]
    [row] = all_rows("cpw_recipients", YEAR, make_actor(Role.MANAGER))
    assert (row.reference, row.records, row.person) == (known[0].reference, 2, "Ann Example")
    assert row.reference != secret.reference


@pytest.mark.usefixtures("in_app")
def test_only_those_who_may_drill_down_see_rows() -> None:
    for role in Role:
        actor = make_actor(role)
        if actor.may(Permission.DRILL_DOWN):
            assert all_rows("cpn_issued", YEAR, actor) == []
        else:
            with pytest.raises(NotPermitted):
                all_rows("cpn_issued", YEAR, actor)


@pytest.mark.usefixtures("in_app")
def test_counts_agree_with_a_count_by_hand() -> None:
    """154 warnings to 149 people, 39 notices, one penalty, one conviction: the numbers come because the rows are there."""
    people = [make_person() for _ in range(149)]
    warnings = [
        make_intervention("CPW", subject=people[number % 149], issued_on=date(2015, 4, 1) + timedelta(days=2 * number))
        for number in range(154)
    ]
    notices = [
        make_intervention("CPN", subject=people[number], follows=warnings[number], issued_on=date(2016, 3, 31))
        for number in range(39)
    ]
    breach = make_breach(notices[0], from_on=date(2016, 3, 31))
    make_intervention("FPN", follows=notices[0], breach_id=breach.id, issued_on=date(2016, 3, 31))
    laid = make_intervention("PROSECUTION", follows=notices[0], breach_id=breach.id, issued_on=date(2016, 3, 31))
    make_court_outcome(laid, decided_on=date(2016, 3, 31))
    figures = figures_of(YEAR, CONSOLE)
    codes = ("cpw_issued", "cpw_recipients", "cpn_issued", "fpn_issued", "prosecutions_convicted")
    assert [figures.count(code) for code in codes] == [154, 149, 39, 1, 1]
    assert figures.values["cpw_to_cpn_rate"].value == Decimal("25.3")
    assert figures.part("cpn_issued", Dimension.STATUS, "in_force") == 39
