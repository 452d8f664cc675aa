"""What each figure counts, day by day and mark by mark; on both engines."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from asb_cases.domain.case_review import ThresholdDecision
from asb_cases.domain.complaints import Channel
from asb_cases.domain.errors import NotPermitted
from asb_cases.domain.figures import FIGURES, Dimension
from asb_cases.domain.people import PersonKind
from asb_cases.domain.periods import between, financial_year
from asb_cases.domain.permissions import CONSOLE, Role
from asb_cases.domain.tool_files import tool_tables
from asb_cases.domain.workflow import CaseStatus
from asb_cases.extensions import db
from asb_cases.models.complaint import ComplaintCategory
from asb_cases.models.data_import import ImportState
from asb_cases.queries.figures import FigureSet, figures_of
from tests.factories import (
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
    make_team,
    make_user,
    make_ward,
)
from tests.factories.outcomes import (
    make_appeal,
    make_court_outcome,
    make_coverage,
    make_payment,
    make_series,
    make_value,
    mark_in_error,
)

YEAR = financial_year(2015)
WITHIN = date(2015, 9, 1)
LONG_BEFORE = date(2014, 12, 1)

Maker = Callable[..., Any]


def in_year() -> FigureSet:
    return figures_of(YEAR, CONSOLE)


def value(code: str) -> Any:
    return in_year().values[code].value


def note(code: str) -> str | None:
    return in_year().values[code].note


def warning(day: date, **given: Any) -> Any:
    return make_intervention("CPW", issued_on=day, **given)


def notice(day: date, **given: Any) -> Any:
    first = given.pop("follows", None) or make_intervention("CPW", issued_on=LONG_BEFORE)
    return make_intervention("CPN", issued_on=day, follows=first, **given)


def penalty(day: date, **given: Any) -> Any:
    return _for_breach("FPN", day, **given)


def prosecution(day: date, **given: Any) -> Any:
    return _for_breach("PROSECUTION", day, **given)


def _for_breach(power: str, day: date, **given: Any) -> Any:
    breached = notice(LONG_BEFORE)
    given.setdefault("breach_id", make_breach(breached, from_on=LONG_BEFORE).id)
    return make_intervention(power, issued_on=day, follows=breached, **given)


def paid(day: date | None, **given: Any) -> Any:
    return make_payment(penalty(LONG_BEFORE, status="paid", **given), paid_on=day)


def convicted(day: date | None, **given: Any) -> Any:
    return make_court_outcome(prosecution(LONG_BEFORE, status="convicted"), decided_on=day, **given)


def closed(day: date, **given: Any) -> Any:
    return make_case(
        status=CaseStatus.CLOSED, opened_on=LONG_BEFORE, closed_on=day, closure_reason="The noise stopped", **given
    )


def decided(day: date, threshold: ThresholdDecision) -> Any:
    return make_case_review(applied_on=LONG_BEFORE, threshold=threshold, decided_on=day)


#: One row of each figure, counted by the day given. Everything else about it lies long before.
MAKERS: dict[str, Maker] = {
    "powers_used": lambda day: penalty(day, offence="pspo_breach", breach_id=None),
    "cpw_issued": warning,
    "cpw_recipients": warning,
    "cpn_issued": notice,
    "cpn_recipients": notice,
    "cpn_appeals": lambda day: make_appeal(notice(LONG_BEFORE), lodged_on=day),
    "cpn_withdrawn": lambda day: notice(LONG_BEFORE, status="withdrawn", ended_on=day, ended_because="Moved away"),
    "breaches_recorded": lambda day: make_breach(notice(LONG_BEFORE), from_on=day),
    "fpn_issued": penalty,
    "fpn_paid": paid,
    "prosecutions_started": prosecution,
    "prosecutions_convicted": convicted,
    "cases_opened": lambda day: make_case(opened_on=day),
    "cases_closed": closed,
    "complaints_received": lambda day: make_complaint(made_on=day),
    "out_of_hours_requests": lambda day: make_complaint(
        made_on=day + timedelta(days=1), shift_on=day, channel=Channel.OUT_OF_HOURS
    ),
    "case_review_applications": lambda day: make_case_review(applied_on=day),
    "case_review_applications_met": lambda day: make_case_review(
        applied_on=day, threshold=ThresholdDecision.MET, decided_on=day + timedelta(days=400)
    ),
    "case_review_threshold_met": lambda day: decided(day, ThresholdDecision.MET),
    "case_review_threshold_not_met": lambda day: decided(day, ThresholdDecision.NOT_MET),
    "case_reviews_held": lambda day: make_case_review(applied_on=LONG_BEFORE, review_held_on=day, recommendations=0),
    "case_reviews_with_recommendations": lambda day: make_case_review(
        applied_on=LONG_BEFORE, review_held_on=day, recommendations=2
    ),
}


def test_every_count_of_the_register_has_its_edge_days_tested() -> None:
    counts = {code for code, figure in FIGURES.items() if figure.published and not figure.over}
    # The other tools are counted in the way of every step; each is walked in tests/services/test_other_tools.py.
    alike = {table["counted"]["code"] for table in tool_tables()}
    assert counts - set(MAKERS) - alike == {"cases_open_at_end"}


@pytest.mark.usefixtures("in_app")
def test_every_figure_is_counted_by_its_own_day_and_no_other() -> None:
    """The last day before the year, its first, its last, and the first after it: two of each are the year's."""
    assert {code: value for code, value in _numbers(in_year()).items() if value} == {}
    for day in (date(2015, 3, 31), date(2015, 4, 1), date(2016, 3, 31), date(2016, 4, 1)):
        for make in MAKERS.values():
            make(day)
    expected = dict.fromkeys(MAKERS, 2)
    # Some rows are counted by more than one figure, each time by the same day.
    expected |= {
        "powers_used": 14, "cpw_issued": 4, "cpw_recipients": 4, "cpn_issued": 4, "cpn_recipients": 4,
        "case_review_applications": 4, "case_reviews_held": 4,
    }  # fmt: skip
    # The request of 31 March 2015 was made on 1 April, in the night that began the day before: the old year's.
    expected["complaints_received"] = 4
    found = _numbers(in_year())
    assert {code: found[code] for code in MAKERS} == expected


def _numbers(figures: FigureSet) -> dict[str, Any]:
    return {code: each.value for code, each in figures.values.items() if code in FIGURES and not each.figure.over}


ERRONEOUS: dict[str, Maker] = {
    "cpw_issued": lambda: mark_in_error(warning(WITHIN)),
    "cpn_issued": lambda: mark_in_error(notice(WITHIN)),
    "cpn_appeals": lambda: mark_in_error(make_appeal(notice(LONG_BEFORE), lodged_on=WITHIN)),
    "breaches_recorded": lambda: mark_in_error(make_breach(notice(LONG_BEFORE), from_on=WITHIN)),
    "fpn_issued": lambda: mark_in_error(penalty(WITHIN)),
    "fpn_paid": lambda: mark_in_error(paid(WITHIN)),
    "prosecutions_started": lambda: mark_in_error(prosecution(WITHIN)),
    "prosecutions_convicted": lambda: mark_in_error(convicted(WITHIN)),
    "cases_opened": lambda: mark_in_error(make_case(opened_on=WITHIN)),
    "cases_closed": lambda: mark_in_error(closed(WITHIN)),
    "complaints_received": lambda: mark_in_error(make_complaint(made_on=WITHIN)),
    "case_review_applications": lambda: mark_in_error(make_case_review(applied_on=WITHIN)),
}


@pytest.mark.usefixtures("in_app")
def test_what_was_entered_in_error_leaves_the_figures() -> None:
    for make in ERRONEOUS.values():
        make()
    # A row that hangs on an erroneous one leaves with it.
    wrong = notice(LONG_BEFORE)
    make_appeal(wrong, lodged_on=WITHIN)
    make_breach(wrong, from_on=WITHIN)
    mark_in_error(wrong)
    found = _numbers(in_year())
    assert {code: found[code] for code in ERRONEOUS} == dict.fromkeys(ERRONEOUS, 0)


@pytest.mark.usefixtures("in_app")
@pytest.mark.parametrize("state", [ImportState.WRITING, ImportState.ABANDONED])
def test_rows_of_an_unfinished_import_are_not_counted(state: ImportState) -> None:
    unfinished, finished = make_import(state), make_import()
    for source in (unfinished, finished):
        case = make_case(opened_on=WITHIN, import_id=source.id)
        warned = make_intervention("CPW", case=case, issued_on=WITHIN, import_id=source.id)
        make_intervention("CPN", case=case, issued_on=WITHIN, follows=warned, import_id=source.id)
        make_complaint(made_on=WITHIN, import_id=source.id)
        make_case_review(applied_on=WITHIN, import_id=source.id)
        series = make_series(f"series_{source.state}", import_id=source.id)
        make_value(series, YEAR.first, YEAR.last, 7, import_id=source.id)
    figures = in_year()
    for code in ("cpw_issued", "cpw_recipients", "cpn_issued", "cases_opened", "complaints_received"):
        assert figures.values[code].value == 1, code
    assert figures.values["case_review_applications"].value == 1
    assert figures.values["series_complete"].value == 7
    assert f"series_{state}" not in figures.values


@pytest.mark.usefixtures("in_app")
def test_another_bodys_steps_are_not_ours() -> None:
    theirs = warning(WITHIN, issued_by_body="Thames Valley Police")
    ours = make_intervention("CPN", issued_on=WITHIN, follows=theirs)
    their_notice = make_intervention("CPN", issued_on=WITHIN, follows=theirs, issued_by_body="Thames Valley Police")
    make_appeal(their_notice, lodged_on=WITHIN)
    make_breach(their_notice, from_on=WITHIN)
    make_breach(ours, from_on=WITHIN)
    make_intervention(
        "FPN", issued_on=WITHIN, follows=their_notice, breach_id=make_breach(their_notice, from_on=WITHIN).id
    )
    figures = in_year()
    assert figures.count("cpw_issued") == 0
    assert figures.count("cpn_issued") == 1
    assert figures.count("cpn_appeals") == 0
    assert figures.count("fpn_issued") == 1
    assert figures.count("breaches_recorded") == 3
    assert note("breaches_recorded") == "Includes 2 of notices issued by another body."


@pytest.mark.usefixtures("in_app")
def test_a_notice_withdrawn_or_quashed_stays_counted_and_is_said() -> None:
    notice(WITHIN)
    notice(WITHIN, status="withdrawn", ended_on=WITHIN, ended_because="Vague")
    notice(WITHIN, status="quashed", ended_on=WITHIN)
    make_intervention("CPN", status="draft", issued_on=None, follows=warning(LONG_BEFORE))
    make_intervention("CPN", status="issued", issued_on=None, follows=warning(LONG_BEFORE))
    figures = in_year()
    assert figures.count("cpn_issued") == 3
    assert figures.values["cpn_issued"].note == "Includes 1 since withdrawn. Includes 1 quashed on appeal."
    assert figures.breakdowns["cpn_issued"][Dimension.STATUS] == {"in_force": 1, "quashed": 1, "withdrawn": 1}
    assert figures.count("cpn_withdrawn") == 1


@pytest.mark.usefixtures("in_app")
def test_a_cancelled_penalty_stays_counted_and_one_for_another_offence_is_another_figure() -> None:
    penalty(WITHIN)
    penalty(WITHIN, status="cancelled", ended_because="Wrong person")
    penalty(WITHIN, offence="pspo_breach", breach_id=None)
    assert value("fpn_issued") == 2
    assert note("fpn_issued") == "Includes 1 since cancelled."


@pytest.mark.usefixtures("in_app")
def test_what_happened_on_an_unknown_day_is_said_and_not_counted() -> None:
    old = make_import().id
    convicted(None, import_id=old)
    convicted(WITHIN)
    make_payment(penalty(LONG_BEFORE, status="paid"), paid_on=None, import_id=old)
    make_appeal(notice(LONG_BEFORE), lodged_on=None, import_id=old)
    make_case_review(applied_on=WITHIN, threshold=ThresholdDecision.MET, import_id=old)
    figures = in_year()
    assert figures.count("prosecutions_convicted") == 1
    assert figures.values["prosecutions_convicted"].note == "A further 1 on a day not known is not counted."
    for code in ("fpn_paid", "cpn_appeals", "case_review_threshold_met"):
        assert figures.count(code) == 0, code
        assert figures.values[code].note == "A further 1 on a day not known is not counted.", code
    assert figures.count("case_review_applications_met") == 1


@pytest.mark.usefixtures("in_app")
def test_a_penalty_paid_in_parts_is_paid_once_on_the_day_of_the_last() -> None:
    in_parts = penalty(LONG_BEFORE, status="paid")
    make_payment(in_parts, paid_on=date(2015, 3, 31), amount_pence=4000)
    make_payment(in_parts, paid_on=date(2015, 4, 2), amount_pence=6000)
    half = penalty(LONG_BEFORE, status="unpaid")
    make_payment(half, paid_on=WITHIN, amount_pence=4000)
    assert value("fpn_paid") == 1
    assert figures_of(financial_year(2014), CONSOLE).count("fpn_paid") == 0


@pytest.mark.usefixtures("in_app")
def test_recipients_are_people_and_possible_duplicates_are_said() -> None:
    ann = make_person("Ann Example")
    for _ in range(3):
        warning(WITHIN, subject=ann)
    warning(WITHIN, subject=make_person("ANN EXAMPLE"))
    for born in (date(1980, 1, 1), date(1990, 1, 1)):
        warning(WITHIN, subject=make_person("Sam Field", born_on=born))
    for _ in range(2):
        warning(WITHIN, subject=make_person("The occupier", kind=PersonKind.OCCUPIER))
    figures = in_year()
    assert figures.count("cpw_issued") == 8
    assert figures.count("cpw_recipients") == 6
    assert figures.values["cpw_recipients"].note == "1 possible duplicate (same name)."
    assert figures.breakdowns["cpw_issued"][Dimension.RECIPIENT] == {"individual": 6, "occupier": 2}


@pytest.mark.usefixtures("in_app")
def test_rates_leave_out_incomplete_records_and_are_null_over_nothing() -> None:
    assert (value("cpw_to_cpn_rate"), value("cpw_escalated_rate")) == (None, None)
    first = [warning(WITHIN) for _ in range(3)]
    notice(WITHIN, follows=first[0])
    notice(date(2016, 6, 1), follows=first[1])
    make_intervention("CPN", issued_on=WITHIN, incomplete=True, import_id=make_import().id)
    figures = in_year()
    assert figures.count("cpn_issued") == 2
    assert figures.values["cpw_to_cpn_rate"].value == Decimal("33.3")
    assert figures.values["cpw_to_cpn_rate"].note == "1 over 3. 1 incomplete record left out."
    assert figures.values["cpw_escalated_rate"].value == Decimal("66.7")
    assert figures.values["cpw_escalated_rate"].note == "2 over 3."
    assert "1 imported record" in (figures.values["cpn_issued"].note or "")


@pytest.mark.usefixtures("in_app")
def test_open_at_the_end_is_what_stood_on_the_last_day() -> None:
    make_case(opened_on=date(2016, 3, 31))
    make_case(opened_on=date(2016, 4, 1))
    closed(date(2016, 3, 31))
    closed(date(2016, 4, 1))
    assert value("cases_open_at_end") == 2


@pytest.mark.usefixtures("in_app")
def test_requests_are_of_one_kind_each_and_the_rest_is_shown() -> None:
    kinds = (("noise_party",), ("noise_party", "noise_music"), ("noise_music", "noise_alarm"), ("noise_other",), ())
    for codes in kinds:
        request = make_complaint(made_on=WITHIN, channel=Channel.OUT_OF_HOURS)
        for code in codes:
            db.session.add(ComplaintCategory(complaint_id=request.id, category_id=category(code).id))
        db.session.commit()
    make_complaint(made_on=WITHIN)
    figures = in_year()
    assert figures.count("out_of_hours_requests") == 5
    assert figures.breakdowns["out_of_hours_requests"][Dimension.KIND] == {"music": 1, "other": 2, "party": 2}
    assert figures.breakdowns["out_of_hours_requests"][Dimension.CATEGORY] == {
        "noise_alarm": 1, "noise_music": 2, "noise_other": 1, "noise_party": 2, "not_recorded": 1,
    }  # fmt: skip


@pytest.mark.usefixtures("in_app")
def test_breakdowns_by_ward_and_category_say_what_is_not_recorded() -> None:
    case = make_case(opened_on=WITHIN, ward_id=make_ward("Carfax").id, categories=("noise", "litter_fly_tipping"))
    warning(WITHIN, case=case)
    warning(WITHIN)
    broken_down = in_year().breakdowns
    assert broken_down["cpw_issued"][Dimension.WARD] == {"Carfax": 1, "not_recorded": 1}
    assert broken_down["cpw_issued"][Dimension.CATEGORY] == {"litter_fly_tipping": 1, "noise": 1, "not_recorded": 1}
    assert broken_down["cases_opened"][Dimension.WARD] == {"Carfax": 1}


@pytest.mark.usefixtures("in_app")
def test_a_review_whose_recommendations_are_not_known_is_not_one_that_made_none() -> None:
    for recommendations, day in ((2, WITHIN), (0, WITHIN), (None, WITHIN), (None, WITHIN), (None, LONG_BEFORE)):
        make_case_review(applied_on=LONG_BEFORE, review_held_on=day, recommendations=recommendations)
    mark_in_error(make_case_review(applied_on=LONG_BEFORE, review_held_on=WITHIN))
    assert value("case_reviews_with_recommendations") == 1
    assert note("case_reviews_with_recommendations") == (
        "A further 2 held with the number of recommendations not recorded."
    )


@pytest.mark.usefixtures("in_app")
def test_case_review_rows_are_not_tied_to_each_other() -> None:
    make_case_review(applied_on=WITHIN, withdrawn_on=WITHIN)
    make_case_review(applied_on=WITHIN, threshold=ThresholdDecision.NOT_MET, decided_on=WITHIN, review_held_on=WITHIN)
    figures = in_year()
    assert figures.count("case_review_applications") == 2
    assert figures.values["case_review_applications"].note == "Includes 1 since withdrawn."
    assert figures.count("case_review_threshold_not_met") == figures.count("case_reviews_held") == 1
    assert figures.count("case_reviews_with_recommendations") == 0
    assert figures.breakdowns["case_review_applications"][Dimension.THRESHOLD] == {"not_decided": 1, "not_met": 1}


@pytest.mark.usefixtures("in_app")
def test_the_local_scheme_before_the_act_is_counted_and_said() -> None:
    make_case_review(applied_on=date(2014, 9, 15), local_scheme=True)
    figures = figures_of(between(date(2014, 9, 1), date(2016, 3, 31)), CONSOLE)
    assert figures.count("case_review_applications") == 1
    assert (
        figures.values["case_review_applications"].note == "Includes 1 under the local scheme, before 20 October 2014."
    )


@pytest.mark.usefixtures("in_app")
def test_records_complete_from_a_day_leave_earlier_periods_without_a_value() -> None:
    warning(WITHIN)
    make_coverage("cpw_issued", date(2015, 4, 1), "On paper before.")
    make_coverage("cases_open_at_end", date(2016, 3, 31))
    earlier, later = figures_of(financial_year(2014), CONSOLE), in_year()
    assert earlier.values["cpw_issued"].value is None
    assert earlier.values["cpw_issued"].note == "Records are complete only from 1 April 2015: On paper before."
    assert "cpw_issued" not in earlier.breakdowns
    assert earlier.values["cpw_to_cpn_rate"].value is None
    assert earlier.values["cpw_to_cpn_rate"].note == earlier.values["cpw_issued"].note
    assert earlier.values["powers_used"].value is None
    assert earlier.values["cpn_issued"].value == 0
    assert later.values["cpw_issued"].value == 1
    assert later.values["cases_open_at_end"].value == 0
    assert figures_of(between(date(2015, 3, 31), date(2016, 3, 31)), CONSOLE).values["cpw_issued"].value is None


@pytest.mark.usefixtures("in_app")
def test_supplied_series_are_values_of_exactly_the_period() -> None:
    assert (value("contacts_received"), note("contacts_received")) == (None, None)
    crime = make_series("police_recorded_crime", title="Recorded crime")
    make_value(crime, YEAR.first, YEAR.last, 14_000)
    make_value(crime, YEAR.first, YEAR.last, 14_081, qualifier="about", note="Revised in May.")
    make_value(crime, YEAR.first, date(2015, 6, 30), 3_000)
    make_value(make_series("police_asb"), YEAR.first, YEAR.last, None, change_per_cent=Decimal("-11.0"))
    make_value(make_series("average"), YEAR.first, YEAR.last, "2.50")
    assert value("police_recorded_crime") == 14_081
    assert note("police_recorded_crime") == "Given as “about”. Source: The police. Revised in May."
    assert value("police_asb") is None
    assert note("police_asb") == "Source: The police. Supplied change: -11.0 per cent."
    assert value("average") == Decimal("2.5")
    assert figures_of(financial_year(2014), CONSOLE).values["police_recorded_crime"].value is None


@pytest.mark.usefixtures("in_app")
def test_whose_rows_count_for_whom() -> None:
    north, south = make_team(), make_team()
    officer = make_user(Role.OFFICER, team=north)
    duty = make_user(Role.DUTY_OFFICER)
    mine, theirs = make_case(opened_on=WITHIN, team=north), make_case(opened_on=WITHIN, team=south)
    make_case(opened_on=WITHIN, team=south, owner=officer)
    for case in (mine, theirs):
        notice(WITHIN, case=case)
        make_complaint(made_on=WITHIN, case=case)
    make_complaint(made_on=WITHIN, recorded_by=officer)
    make_complaint(made_on=WITHIN, recorded_by=duty)
    counts = {
        role: _numbers(figures_of(YEAR, make_actor(role, team=north), broken_down=()))
        for role in (Role.OFFICER, Role.MANAGER, Role.LEGAL, Role.ANALYST)
    }
    assert {role: numbers.get("cpn_issued") for role, numbers in counts.items()} == {
        Role.OFFICER: 1, Role.MANAGER: 2, Role.LEGAL: 2, Role.ANALYST: 2,
    }  # fmt: skip
    assert {role: numbers.get("complaints_received") for role, numbers in counts.items()} == {
        Role.OFFICER: 2, Role.MANAGER: 4, Role.LEGAL: None, Role.ANALYST: 4,
    }  # fmt: skip
    assert counts[Role.OFFICER]["cases_opened"] == 1
    assert counts[Role.MANAGER]["cases_opened"] == 3
    assert figures_of(YEAR, actor_of(officer)).count("cases_opened") == 2
    own_shift = figures_of(YEAR, actor_of(duty))
    assert set(own_shift.values) == {"complaints_received", "out_of_hours_requests"}
    assert own_shift.count("complaints_received") == 1
    for role in (Role.PARTNER, Role.ADMINISTRATOR):
        with pytest.raises(NotPermitted):
            figures_of(YEAR, make_actor(role))


@pytest.mark.usefixtures("in_app")
def test_all_figures_of_a_period_take_four_queries() -> None:
    notice(WITHIN)
    with counting_statements() as statements:
        in_year()
    assert len(statements) <= 6, statements
    with counting_statements() as for_one:
        figures_of(YEAR, CONSOLE, codes={"cpw_issued"})
    on_top = [each for each in statements if each != "BEGIN"][len(for_one) :]
    assert len(on_top) <= 2, "the supplied series alone"


@pytest.mark.usefixtures("in_app")
def test_recipients_are_counted_once_in_the_age_band_of_each_day() -> None:
    """Somebody who has a birthday between two warnings stands under both bands, and what is left over says so."""
    ann = make_person("Ann Example", born_on=date(1990, 9, 2))
    warning(date(2015, 9, 1), subject=ann)
    warning(date(2015, 9, 2), subject=ann)
    warning(date(2015, 9, 3), subject=ann)
    warning(WITHIN, subject=make_person("A shop", kind=PersonKind.BODY))
    warning(WITHIN, subject=make_person("Sam Field"))
    figures = figures_of(YEAR, CONSOLE, codes={"cpw_issued", "cpw_recipients"}, by={Dimension.AGE})
    bands = {"18_to_24": 1, "25_to_34": 1, "not_an_individual": 1, "not_recorded": 1}
    assert figures.breakdowns["cpw_recipients"] == {Dimension.AGE: bands}
    assert figures.breakdowns["cpw_issued"] == {Dimension.AGE: bands | {"25_to_34": 2}}
    assert (figures.count("cpw_recipients"), figures.remainder("cpw_recipients", Dimension.AGE)) == (3, -1)


@pytest.mark.usefixtures("in_app")
def test_steps_are_broken_down_by_power_team_and_court_result() -> None:
    north = make_team("North")
    warning(WITHIN, case=make_case(team=north))
    make_court_outcome(prosecution(WITHIN, status="convicted"), decided_on=WITHIN)
    mark_in_error(make_court_outcome(prosecution(WITHIN), decided_on=WITHIN))
    broken_down = in_year().breakdowns
    assert broken_down["powers_used"][Dimension.POWER] == {"CPW": 1, "PROSECUTION": 2}
    assert broken_down["powers_used"][Dimension.TEAM] == {"North": 1, "not_recorded": 2}
    assert broken_down["prosecutions_started"][Dimension.COURT_RESULT] == {"convicted": 1, "pending": 1}


@contextmanager
def counting_statements() -> Iterator[list[str]]:
    statements: list[str] = []

    def note_it(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", note_it)
    try:
        yield statements
    finally:
        event.remove(db.engine, "before_cursor_execute", note_it)


def test_figures_need_no_context_of_a_request(in_app: Flask) -> None:
    assert set(in_year().values) >= {code for code, figure in FIGURES.items() if figure.published}
