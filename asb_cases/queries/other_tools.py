"""What is recorded of a tool in the generic journey, as its rules and its page see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from asb_cases.domain.calendar import local
from asb_cases.domain.other_tools import Term, Whom, tool_of
from asb_cases.domain.powers import POWERS
from asb_cases.domain.powers.tool import Question, Tool
from asb_cases.extensions import db
from asb_cases.models.intervention import Intervention
from asb_cases.models.person import Person
from asb_cases.models.tool import ToolAnswer, ToolEvent, ToolTerms
from asb_cases.models.user import User
from asb_cases.queries.not_found import NotFound


@dataclass(frozen=True)
class ToolPage:
    """What its page shows beside the intervention: its terms, each question with its answer, what came later."""

    tool: Tool
    terms: ToolTerms
    answers: Sequence[tuple[str, str]]
    events: Sequence[Any]


def terms_of(intervention_id: int) -> ToolTerms:
    """Its terms. An old register's row has none: then an empty one, which is in no table."""
    return db.session.get(ToolTerms, intervention_id) or ToolTerms(intervention_id=intervention_id)


def answers_of(intervention_id: int) -> dict[str, str]:
    """What was answered, by the question's code."""
    rows = select(ToolAnswer.question, ToolAnswer.answer).where(ToolAnswer.intervention_id == intervention_id)
    return dict(db.session.execute(rows.order_by(ToolAnswer.id)).all())


def whom(person: Person, under_18: bool | None) -> Whom:
    return Whom(person.kind, person.born_on, under_18)


def term_of(step: Intervention, terms: ToolTerms) -> Term | None:
    """From when to when it lasts; None before it has begun."""
    if step.issued_on is None:
        return None
    return Term(step.issued_on, step.ends_on, step.issued_at if terms.ends_at else None, terms.ends_at)


def tool_page(facts: Any) -> ToolPage | None:
    """What the page of an intervention shows of its journey; None for a power with pages of its own. Three queries."""
    power = POWERS.get(facts.power)
    if power is None or power.tool is None:
        return None
    tool, answers = tool_of(power), answers_of(facts.id)
    shown = [(each.label, _in_words(each, answers[each.code])) for each in tool.questions if each.code in answers]
    return ToolPage(tool, terms_of(facts.id), shown, events_of(facts.id))


def events_of(intervention_id: int) -> Sequence[Any]:
    """What came later, in the order of its days, with who recorded it."""
    return db.session.execute(
        select(ToolEvent, User.name.label("by"))
        .outerjoin(User, User.id == ToolEvent.recorded_by_id)
        .where(ToolEvent.intervention_id == intervention_id)
        .order_by(ToolEvent.happened_on, ToolEvent.id)
    ).all()


def later_events(event: ToolEvent) -> int:
    """How many standing extensions came after an extension."""
    return len([
        each.ToolEvent
        for each in events_of(event.intervention_id)
        if each.ToolEvent.id > event.id
        and each.ToolEvent.kind == event.kind
        and each.ToolEvent.entered_in_error_on is None
    ])  # fmt: skip


def event_to_work_on(event_id: int) -> ToolEvent:
    """One event, locked. Whether its case may be seen is asked of its intervention. Raises `NotFound`."""
    found = db.session.scalars(select(ToolEvent).where(ToolEvent.id == event_id).with_for_update()).one_or_none()
    if found is None:
        raise NotFound("entry")
    return found


def last_review_day(step: Intervention) -> Any:
    """The day of the last review that stands, else of the beginning."""
    days = [each.ToolEvent.happened_on for each in events_of(step.id)
            if each.ToolEvent.kind == "review" and each.ToolEvent.entered_in_error_on is None]  # fmt: skip
    return max(days, default=step.issued_on)


def _in_words(question: Question, answer: str) -> str:
    return question.choices.get(answer, answer)


def day_of(moment: Any) -> Any:
    """The day of a moment, where there is one."""
    return local(moment).date() if moment else None
