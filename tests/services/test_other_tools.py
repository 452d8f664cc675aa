"""Every registered tool walks through the generic journey, in one database: proposed, begun, extended, reviewed, not kept to,
ended by somebody and ended by time; counted in its own figure, and taken in from an old register."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from asb_cases.domain.errors import RuleBroken
from asb_cases.domain.other_tools import Term, tool_of
from asb_cases.domain.people import PersonKind
from asb_cases.domain.periods import Period
from asb_cases.domain.powers import POWERS, TOOLS
from asb_cases.extensions import db
from asb_cases.models.policy import PolicyValue
from asb_cases.models.tool import ToolEvent, ToolEventKind
from asb_cases.queries.figures import figures_of
from asb_cases.queries.move_rulings import Desk
from asb_cases.queries.next_steps import steps_from
from asb_cases.queries.over_by_now import tools_over
from asb_cases.queries.records_of_case import records_of_case
from asb_cases.services import other_tools as tools
from asb_cases.services.corrections import mark_intervention_entered_in_error
from tests.factories import NOW, keep, make_case, make_person
from tests.support.enforcement_track import Track, entries, make_track, running, step

FIRST = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
LATER = AT + timedelta(days=1)
DONE = AT + timedelta(days=30)


def begin_of(code: str, stage: str) -> tools.Begin:
    tool = tool_of(POWERS[code])
    answers = {
        each.code: next(iter(each.choices), "2026-02-02" if each.day else "Said in the form") for each in tool.questions
    }
    last = FIRST + timedelta(days=60)
    term = Term(FIRST, date(2026, 3, 3), AT, AT + timedelta(hours=8)) if tool.in_hours else Term(FIRST, last)
    if tool.last_day == "none":
        term = Term(FIRST)
    proposed = date(2026, 3, 1) if tool.proposed else None
    return tools.Begin(
        "Loud music", proposed, term if stage == "start" else None, conditions="No music after 11 pm", answers=answers
    )


def walk(track: Track, subject: int, code: str) -> int:
    """One tool from its first entry to its end."""
    tool = tool_of(POWERS[code])
    who = {"actor": track.officer, "now": LATER}
    stage = "propose" if tool.proposed else "start"
    cautions = "The court ordered it so"
    first = tools.record_tool(
        **who,
        case_id=track.case.id,
        subject_id=subject,
        power=code,
        begin=begin_of(code, stage),
        cautions_reason=cautions,
    )
    if tool.proposed:
        assert (step(first).status, step(first).issued_on) == ("proposed", None)
        tools.start_tool(**who, intervention_id=first, begin=begin_of(code, "start"), cautions_reason=cautions)
    assert (step(first).status, step(first).issued_on) == ("in_force", FIRST)
    assert ("tool_end" in running(intervention_id=first)) == (tool.last_day != "none")
    assert ("tool_review" in running(intervention_id=first)) == bool(tool.review and tool.review_who != "young")
    assert {each.code for each in tool.started_clocks if each.on == "start"} <= set(running(intervention_id=first))
    today = LATER.date()
    tools.review_tool(**who, intervention_id=first, happened_on=today, text="Kept to so far")
    tools.note_tool_breach(
        **who, intervention_id=first, happened_on=today, text="Music until two", cautions_reason="Told late"
    )
    if tool.renewed:
        ends = step(first).ends_on
        until = (
            Term(FIRST, ends, AT, AT + timedelta(hours=20)) if tool.in_hours else Term(FIRST, ends + timedelta(days=20))
        )
        tools.extend_tool(
            **(who | {"now": AT + timedelta(hours=8)}), intervention_id=first, happened_on=FIRST, until=until,
            text="Still needed", cautions_reason=cautions,
        )  # fmt: skip
    steps = [each for each in steps_from(*desk_of(track, first)) if each.is_open]
    assert {"review", "note_breach", "end"} <= {each.move for each in steps}
    outcome = next(iter(tool.outcomes))
    tools.end_tool(**who, intervention_id=first, happened_on=today, outcome=outcome, text="It is over")
    assert (step(first).status, step(first).outcome) == ("ended", outcome)
    assert running(intervention_id=first) == {}
    return first


def desk_of(track: Track, step_id: int):
    records = records_of_case(track.case.id, track.officer, LATER.date())
    return records.by_id[step_id], Desk(track.officer, LATER, records)


def test_every_tool_walks_the_journey_and_is_counted_once(in_app: Flask) -> None:
    keep(PolicyValue(
        code="respect_order_in_force", from_on=date(2026, 1, 1), value="in_force", source="A test", entered_at=NOW))  # fmt: skip
    track = make_track()
    subject = make_person(name="Alex Example", kind=PersonKind.INDIVIDUAL, born_on=date(1990, 1, 1)).id
    walked = {}
    for code in TOOLS:
        walked[code] = walk(track, subject, code)
        known = entries(track.case.id)
        assert known.count("ended") == len(walked)
    found = figures_of(Period(date(2026, 3, 1), date(2026, 3, 31), "March"), track.manager).values
    assert {code: found[tool_of(POWERS[code]).counted].value for code in TOOLS} == dict.fromkeys(TOOLS, 1)
    mark_intervention_entered_in_error(
        actor=track.manager, now=LATER, intervention_id=walked["ABC"], reason="The brother")  # fmt: skip
    again = figures_of(Period(date(2026, 3, 1), date(2026, 3, 31), "March"), track.manager).values
    assert again["abc_started"].value == 0


def test_what_is_not_made_what_time_ends_and_what_is_taken_back(in_app: Flask) -> None:
    track = make_track()
    who = {"actor": track.officer, "now": LATER}
    subject = make_person(name="Alex Example", kind=PersonKind.INDIVIDUAL, born_on=date(1990, 1, 1)).id
    against = {"case_id": track.case.id, "subject_id": subject}
    asked = tools.record_tool(**who, **against, power="MEDIATION", begin=begin_of("MEDIATION", "propose"))
    assert set(running(intervention_id=asked)) == {"mediation_answer"}
    tools.refuse_tool(**who, intervention_id=asked, happened_on=LATER.date(), reason="They would not meet")
    assert (step(asked).status, running(intervention_id=asked)) == ("not_made", {})
    closed = make_case(status="closed", closed_on=FIRST, closure_outcome="resolved", closure_reason="Quiet")
    for tried in (
        lambda: tools.record_tool(**who, **against, power="RESPECT_ORDER", begin=begin_of("RESPECT_ORDER", "start")),
        lambda: tools.start_tool(**who, intervention_id=asked, begin=begin_of("MEDIATION", "start")),
        lambda: tools.record_tool(
            **who, subject_id=subject, case_id=closed.id, power="ABC",
            begin=begin_of("ABC", "start")),
    ):  # fmt: skip
        with pytest.raises(RuleBroken) as refused:
            tried()
        assert all(each.authority and each.remedy for each in refused.value.refusals)
    order = tools.record_tool(**who, **against, power="CLOSURE_ORDER", begin=begin_of("CLOSURE_ORDER", "start"))
    last = step(order).ends_on
    until = Term(FIRST, last + timedelta(days=40))
    tools.extend_tool(**who, intervention_id=order, happened_on=LATER.date(), until=until, text="Drugs again")
    assert running(intervention_id=order)["tool_end"] == last + timedelta(days=40)
    extension = db.session.query(ToolEvent).filter_by(kind=ToolEventKind.EXTENSION).one().id
    tools.mark_tool_event_entered_in_error(actor=track.manager, now=LATER, event_id=extension, reason="Another order")
    assert (step(order).ends_on, running(intervention_id=order)["tool_end"]) == (last, last)
    notice = tools.record_tool(**who, **against, power="CLOSURE_NOTICE", begin=begin_of("CLOSURE_NOTICE", "start"))
    assert set(tools_over(LATER)) == {notice}
    assert tools_over(AT + timedelta(hours=7)) == []
    tools.let_tool_end(actor=track.officer, now=LATER, intervention_id=notice)
    assert (step(notice).status, tools_over(DONE)) == ("ended", [])
