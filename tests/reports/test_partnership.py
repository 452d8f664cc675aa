"""The year's report: its sentences, each about its own period, and the table."""

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest

from asb_cases.domain.case_review import ThresholdDecision
from asb_cases.domain.complaints import Channel
from asb_cases.domain.errors import NotPermitted
from asb_cases.domain.periods import financial_year
from asb_cases.domain.permissions import CONSOLE, Role
from asb_cases.extensions import db
from asb_cases.models.complaint import ComplaintCategory
from asb_cases.reports.partnership import PartnershipReport, partnership_json, partnership_report
from tests.factories import (
    category,
    make_actor,
    make_breach,
    make_case_review,
    make_complaint,
    make_import,
    make_intervention,
    make_person,
)
from tests.factories.outcomes import make_court_outcome, make_coverage, make_series, make_value

YEAR = financial_year(2015)
LATER = date(2016, 7, 25)


def report(today: date = LATER) -> PartnershipReport:
    return partnership_report(YEAR, CONSOLE, today=today)


def texts(found: PartnershipReport) -> dict[str, str]:
    return {paragraph.code: paragraph.text for paragraph in found.paragraphs}


def the_year_that_oxford_reported() -> None:
    """154 warnings to 149 recipients, 39 notices, one penalty, one conviction; 94 requests; 8 applications, 4 met."""
    people = [make_person() for _ in range(149)]
    warnings = [
        make_intervention("CPW", subject=people[number % 149], issued_on=date(2015, 4, 1) + timedelta(days=2 * number))
        for number in range(154)
    ]
    notices = [
        make_intervention(
            "CPN", subject=people[number], follows=warnings[number], issued_on=date(2016, 3, 31),
            **({"status": "withdrawn", "ended_because": "Moved away"} if number < 2 else {}),
        )
        for number in range(39)
    ]  # fmt: skip
    for power in ("FPN", "PROSECUTION"):
        breach = make_breach(notices[5], from_on=date(2016, 3, 1))
        step = make_intervention(power, follows=notices[5], breach_id=breach.id, issued_on=date(2016, 3, 20))
    make_court_outcome(step, decided_on=date(2016, 3, 31))
    for code, many in (("noise_party", 50), ("noise_music", 23), ("rowdy", 21)):
        for number in range(many):
            request = make_complaint(made_on=date(2015, 11, 1) + timedelta(days=number), channel=Channel.OUT_OF_HOURS)
            db.session.add(ComplaintCategory(complaint_id=request.id, category_id=category(code).id))
    for number in range(8):
        applied = date(2014, 9, 22) + timedelta(days=60 * number)
        met = {"threshold": ThresholdDecision.MET, "decided_on": applied, "review_held_on": applied}
        make_case_review(applied_on=applied, **(met if number % 2 else {}))
    db.session.commit()


@pytest.mark.usefixtures("in_app")
def test_the_year_that_oxford_reported_reads_well() -> None:
    the_year_that_oxford_reported()
    found = report()
    assert texts(found) == {
        "enforcement": (
            "In 2015-16 (1 April 2015 to 31 March 2016) the council gave 154 community protection warnings (CPWs) to "
            "149 people and bodies. "
            "Where a warning is not heeded, a community protection notice (CPN) may follow: in 2015-16 the council "
            "issued 39 notices to 39 people and bodies. Of these, 2 have since been withdrawn. "
            "For failing to comply with a notice, 1 fixed penalty notice was issued and 1 prosecution ended in a "
            "conviction in 2015-16."
        ),
        "out_of_hours": (
            "From 1 November 2015 to 31 May 2016 the out-of-hours service received 94 requests: 50 about noisy "
            "parties, 23 about loud music and 21 about other matters."
        ),
        "case_reviews": (
            "Since September 2014, and up to 31 March 2016, 8 applications for an ASB case review, also known as the "
            "Community Trigger, were received. Of these, 4 met the threshold, and 4 case reviews were held in that "
            "time. In 2015-16 itself, 4 applications were received."
        ),
    }
    rates = {row.figure.code: row.now.value for row in found.table}
    assert rates["cpw_to_cpn_rate"] == Decimal("25.3")


@pytest.mark.usefixtures("in_app")
def test_a_year_with_nothing_and_a_year_with_one_of_each_read_well() -> None:
    assert texts(report()) == {
        "enforcement": (
            "In 2015-16 (1 April 2015 to 31 March 2016) the council gave no community protection warnings (CPWs). "
            "Where a warning is not heeded, a community protection notice (CPN) may follow: in 2015-16 the council "
            "issued none. For failing to comply with a notice, no fixed penalty notices were issued and no "
            "prosecutions ended in a conviction in 2015-16."
        ),
        "out_of_hours": "From 1 November 2015 to 31 May 2016 the out-of-hours service received no requests.",
        "case_reviews": (
            "Since April 2015, and up to 31 March 2016, no applications for an ASB case review, also known as the "
            "Community Trigger, were received."
        ),
    }
    first = make_intervention("CPW", issued_on=date(2015, 4, 1))
    make_intervention("CPN", issued_on=date(2016, 3, 31), follows=first, status="quashed")
    make_complaint(made_on=date(2015, 11, 1), channel=Channel.OUT_OF_HOURS)
    make_case_review(applied_on=date(2015, 5, 2))
    one = texts(report())
    assert "gave 1 community protection warning (CPW) to 1 person or body." in one["enforcement"]
    assert "issued 1 notice to 1 person or body. Of these, 1 was quashed on appeal." in one["enforcement"]
    assert one["out_of_hours"].endswith("received 1 request: 1 about another matter.")
    assert one["case_reviews"] == (
        "Since April 2015, and up to 31 March 2016, 1 application for an ASB case review, also known as the Community "
        "Trigger, was received. Of these, none met the threshold, and no case reviews were held in that time."
    )


@pytest.mark.usefixtures("in_app")
@pytest.mark.parametrize(
    ("earlier", "sentence"),
    [
        (2, "That was an increase of 50 per cent on 2014-15, when it gave 2."),
        (4, "That was a fall of 25 per cent on 2014-15, when it gave 4."),
        (3, "That was the same number as in 2014-15, when it gave 3."),
    ],
)
def test_the_year_before_stands_beside_the_year(earlier: int, sentence: str) -> None:
    for day, many in ((date(2014, 12, 1), earlier), (date(2015, 12, 1), 3)):
        for _ in range(many):
            make_intervention("CPW", issued_on=day)
    found = report()
    assert sentence in texts(found)["enforcement"]
    [row] = [row for row in found.table if row.figure.code == "cpw_issued"]
    assert (row.now.value, row.before.value if row.before else None) == (3, earlier)


@pytest.mark.usefixtures("in_app")
def test_each_sentence_carries_its_own_period_and_its_numbers_their_rows() -> None:
    the_year_that_oxford_reported()
    sentences = {paragraph["code"]: paragraph["sentences"] for paragraph in partnership_json(report())["paragraphs"]}
    periods = {code: [(each["from"], each["to"]) for each in found] for code, found in sentences.items()}
    assert set(periods["enforcement"]) == {("2015-04-01", "2016-03-31")}
    assert set(periods["out_of_hours"]) == {("2015-11-01", "2016-05-31")}
    assert periods["case_reviews"][0] == ("2014-09-01", "2016-03-31")
    assert sentences["enforcement"][0]["numbers"][0] == {
        "figure": "cpw_issued",
        "value": 154,
        "words": "154 community protection warnings (CPWs)",
        "rows_path": "/reports/figures/cpw_issued?from=2015-04-01&to=2016-03-31",
    }
    parties = sentences["out_of_hours"][0]["numbers"][1]
    assert parties["rows_path"].endswith("?from=2015-11-01&to=2016-05-31&by=kind&is=party")
    json.dumps(partnership_json(report()))


@pytest.mark.usefixtures("in_app")
def test_a_conviction_without_its_day_is_not_kept_quiet() -> None:
    old = make_import().id
    laid = make_intervention("PROSECUTION", issued_on=date(2015, 6, 1), import_id=old, incomplete=True)
    make_court_outcome(laid, decided_on=None, import_id=old)
    assert texts(report())["enforcement"].endswith(
        "no prosecutions ended in a conviction in 2015-16. In addition, 1 further conviction is recorded without the "
        "day, so it is in no year’s number."
    )


@pytest.mark.usefixtures("in_app")
def test_records_not_kept_are_said_in_words() -> None:
    make_intervention("CPW", issued_on=date(2015, 12, 1))
    make_case_review(applied_on=date(2014, 9, 22))
    make_coverage("cpw_issued", date(2016, 1, 1), "Kept on paper before")
    make_coverage("case_review_applications", date(2014, 10, 20), "Another service's")
    found = texts(report())
    assert found["enforcement"].startswith(
        "There is no number of community protection warnings (CPWs) for 2015-16. "
        "Records are complete only from 1 January 2016: Kept on paper before."
    )
    assert found["case_reviews"].startswith("Since 20 October 2014, and up to 31 March 2016, no applications")


@pytest.mark.usefixtures("in_app")
def test_a_running_year_says_how_far_it_goes() -> None:
    early = report(today=date(2015, 10, 1))
    assert early.so_far == date(2015, 10, 1)
    assert set(texts(early)) == {"enforcement", "case_reviews"}
    assert "up to 1 October 2015" in texts(early)["case_reviews"]
    assert "From 1 November 2015 to 1 December 2015" in texts(report(today=date(2015, 12, 1)))["out_of_hours"]
    assert report().so_far is None


@pytest.mark.usefixtures("in_app")
def test_supplied_series_are_told_and_stand_in_the_table() -> None:
    crime = make_series("police_recorded_crime")
    for year, value in ((YEAR, 14_081), (YEAR.previous, 13_718)):
        make_value(crime, year.first, year.last, value)
    make_value(
        make_series("contacts_received", title="Contacts received"), YEAR.first, YEAR.last, 5_800, qualifier="over"
    )
    hate = make_series("hate_crime", title="Hate crime")
    for year in (YEAR, YEAR.previous):
        make_value(hate, year.first, year.last, 100)
    found = report()
    [row] = [row for row in found.table if row.figure.code == "police_recorded_crime"]
    assert row.change.signed == "+2.6%"
    assert texts(found)["partners"] == (
        "Contacts received: over 5,800 in 2015-16. "
        "Hate crime did not change, at 100 in 2014-15 and 100 in 2015-16. "
        "Police recorded crime increased by 2.6 per cent, from 13,718 in 2014-15 to 14,081 in 2015-16."
    )


@pytest.mark.usefixtures("in_app")
def test_the_report_is_for_those_who_see_all_figures() -> None:
    for role in (Role.MANAGER, Role.ANALYST):
        assert partnership_report(YEAR, make_actor(role), today=LATER).title == "Partnership report 2015-16"
    for role in set(Role) - {Role.MANAGER, Role.ANALYST}:
        with pytest.raises(NotPermitted):
            partnership_report(YEAR, make_actor(role), today=LATER)
