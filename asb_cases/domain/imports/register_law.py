"""The law that binds an old register's row: what it follows, when, against whom (2014 Act ss.43-55; MCA 1980 s.127).

The rules are the powers' own; what an old register can't know is "not recorded" and refuses nothing.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, time

from asb_cases.domain.appeals import Appeal, AppealOutcome
from asb_cases.domain.breaches import Notice
from asb_cases.domain.calendar import LONDON, in_words
from asb_cases.domain.clock_rules import CLOCK_RULES
from asb_cases.domain.clocks import explain
from asb_cases.domain.errors import Findings, Refusal
from asb_cases.domain.imports.problems import Problem, of_refusal
from asb_cases.domain.imports.register import RegisterRow
from asb_cases.domain.imports.setting import Setting
from asb_cases.domain.imports.subjects import Subject
from asb_cases.domain.other_tools import Term, ToolFacts, Whom, check_begin
from asb_cases.domain.powers import POWERS, community_protection_notice, fixed_penalty_notice, prosecution
from asb_cases.domain.powers.penalty import Penalty
from asb_cases.domain.powers.prior_warning import WrittenWarning
from asb_cases.domain.powers.recipient import Recipient
from asb_cases.domain.service import ServiceFacts, check_service

COMMENCED = "act_sections_43_to_58"
#: Refusals that only say that the earlier step is missing: what an incomplete row is forgiven.
MISSING_STEP = frozenset({"no_written_warning", "no_notice_in_force"})
#: Under which column a refusal about an input of our own pages belongs.
COLUMN_OF = {
    "subject": "subject_born_on",
    "follows": "follows",
    "method": "service_method",
    "amount": "amount",
    "offence_from": "offence_from",
    "issued_on": "issued_on",
    "laid_on": "issued_on",
    "paid_on": "paid_on",
    "ends_on": "ends_on",
}

#: The two subjects that the rules tell apart: the row's own, and any other.
RECIPIENT, SOMEBODY_ELSE = "recipient", "somebody else"

BEFORE_COMMENCEMENT = Refusal(
    "before_commencement",
    "{document} can’t be of {day}: the power came into force on {commenced}.",
    "2014 Act ss.43-58",
    "Check the year. A written warning may be older; a notice, penalty or prosecution can’t.",
)
IN_A_REGISTER = (
    "In an old register: name the row of the earlier step under follows, or write yes under incomplete to let this one in "
    "without it."
)


@dataclass(frozen=True)
class Step:
    """An entry as the one that follows it sees it. `subject` is all that is known of whom it is about; `notice` the notice
    itself, or the one a penalty is for."""

    power: str
    subject: Subject
    issued_on: date | None
    withdrawn_on: date | None = None
    notice: Notice | None = None
    penalty: Penalty | None = None
    offence_from: date | None = None
    offence_to: date | None = None


def step_of(row: RegisterRow, earlier: Step | None, setting: Setting) -> Step:
    """A row as the rows that follow it see it. `earlier` is what it follows itself."""
    notice = earlier.notice if earlier else None
    if row.power == "CPN":
        notice = _notice(row)
    return Step(
        power=row.power,
        subject=_subject(row, earlier),
        issued_on=row.issued_on,
        withdrawn_on=row.outcome_on if row.outcome == "withdrawn" else None,
        notice=notice,
        penalty=_penalty(row, setting) if row.power == "FPN" else None,
        offence_from=row.offence_from,
        offence_to=row.offence_to,
    )


def check_row(row: RegisterRow, earlier: Step | None, setting: Setting) -> list[Problem]:
    """Why the law refuses the row, if it does."""
    found = _not_yet_in_force(row, setting) or _order(row, earlier, setting)
    forgiven = MISSING_STEP if row.may_be_incomplete and _step_is_lost(earlier) else frozenset()
    refusals = [each for each in (*found.refusals, *_service(row, setting).refusals) if each.code not in forgiven]
    return [_problem(refusal, row) for refusal in refusals]


def penalty_window(notice_date: date, setting: Setting) -> tuple[date, date]:
    """The last of the 14 days in which a penalty may be paid, and the first day on which proceedings may follow."""
    clock = explain(CLOCK_RULES["fpn_no_proceedings"], notice_date, values=setting.values, holidays=setting.holidays)
    return clock.last_day, clock.acts_from or clock.last_day


def _step_is_lost(earlier: Step | None) -> bool:
    """Whether the step that the law asks for is lost: there is none, or only the penalty for a notice that is."""
    return earlier is None or (earlier.power == "FPN" and earlier.notice is None)


def _notice(row: RegisterRow) -> Notice:
    """The notice as breaches see it. One that was complied with stood on, until its end date if it had one: the Act knows no
    end by compliance, and a later failure is an offence again."""
    ended = row.outcome_on if row.outcome == "withdrawn" else None
    last_days = [day for day in (row.ends_on, ended) if day]
    appeals: tuple[Appeal, ...] = ()
    if row.outcome and row.outcome.startswith("appeal_"):
        appeals = (Appeal(None, row.outcome_on, AppealOutcome(row.outcome.removeprefix("appeal_"))),)
    return Notice(
        subject_id=RECIPIENT,
        given_on=row.issued_on,
        last_day=min(last_days, default=None),
        quashed_on=row.outcome_on if row.outcome == "appeal_quashed" else None,
        appeals=appeals,
    )


def _penalty(row: RegisterRow, setting: Setting) -> Penalty | None:
    """None where the notice is older than the power itself, and so refused anyway."""
    if _not_yet_in_force(row, setting):
        return None
    last_day, proceed_from = penalty_window(row.issued_on, setting)
    return Penalty(row.issued_on, last_day, proceed_from, amount=row.amount, paid_on=row.paid_on)


def _not_yet_in_force(row: RegisterRow, setting: Setting) -> Findings | None:
    commenced = setting.values[COMMENCED].values[0].from_on
    if row.power == "CPW" or POWERS[row.power].tool is not None or row.issued_on >= commenced:
        return None
    day, began = in_words(row.issued_on), in_words(commenced)
    refusal = BEFORE_COMMENCEMENT.of(document=POWERS[row.power].document, day=day, commenced=began)
    return Findings((refusal.at("issued_on"),))


def _order(row: RegisterRow, earlier: Step | None, setting: Setting) -> Findings:
    if row.power == "CPN":
        return _check_notice(row, earlier, setting)
    if row.power == "FPN":
        return _check_penalty(row, earlier, setting)
    if row.power == "PROSECUTION":
        return _check_prosecution(row, earlier, setting)
    if POWERS[row.power].tool is not None:
        return _check_tool(row, setting)
    return Findings()


def _check_tool(row: RegisterRow, setting: Setting) -> Findings:
    """What the law says of another tool, on what a register knows: its day, its last day and a birth date."""
    now = datetime.combine(setting.today, time.max, LONDON)
    facts = ToolFacts(
        power=POWERS[row.power],
        whom=Whom(row.subject_kind, row.subject_born_on),
        now=now,
        values=setting.values,
        stage="start",
        term=Term(row.issued_on, row.ends_on),
        imported=True,
    )
    return check_begin(facts)


def _check_notice(row: RegisterRow, earlier: Step | None, setting: Setting) -> Findings:
    warnings: tuple[WrittenWarning, ...] = ()
    if earlier:
        warned = RECIPIENT if row.subject.was_warned(earlier.subject) else SOMEBODY_ELSE
        warnings = (WrittenWarning(warned, earlier.issued_on, withdrawn_on=earlier.withdrawn_on, power=earlier.power),)
    return community_protection_notice.check_given(
        community_protection_notice.NoticeFacts(
            recipient=_recipient(row, earlier),
            warnings=warnings,
            on=row.issued_on,
            minimum_age=setting.values.number("cpn_minimum_age", row.issued_on),
            imported=True,
        )
    )


def _check_penalty(row: RegisterRow, earlier: Step | None, setting: Setting) -> Findings:
    return fixed_penalty_notice.check_penalty(
        fixed_penalty_notice.PenaltyFacts(
            recipient=_recipient(row, earlier),
            notice=_notice_for(row, earlier) if earlier and earlier.power == "CPN" else None,
            notice_date=row.issued_on,
            maximum=_maximum(row, setting),
            offence=row.offence or "",
            offence_from=row.offence_from,
            offence_to=row.offence_to,
            amount=row.amount,
            imported=True,
        )
    )


def _check_prosecution(row: RegisterRow, earlier: Step | None, setting: Setting) -> Findings:
    """Where the row names no day, the notice must have stood on that of its penalty; the six months are then not counted."""
    first, last = row.offence_from, row.offence_to
    penalty = earlier.penalty if earlier else None
    if earlier and penalty and not (first or last):
        first, last = earlier.offence_from, earlier.offence_to
    return prosecution.check_lay(
        prosecution.ProsecutionFacts(
            recipient=_recipient(row, earlier),
            notice=_notice_for(row, earlier),
            on=row.issued_on,
            today=setting.today,
            offence=row.offence or "",
            offence_from=first,
            offence_to=last,
            limit_first=_limit(row.offence_from or row.offence_to, setting),
            limit_last=_limit(row.offence_to or row.offence_from, setting),
            penalty=penalty,
            imported=True,
        )
    )


def _notice_for(row: RegisterRow, earlier: Step | None) -> Notice | None:
    """The notice that the earlier step is, or was for, as the row's subject sees it."""
    if earlier is None or earlier.notice is None:
        return None
    given_to = row.subject.is_same(earlier.subject) or row.subject.is_identified(earlier.subject)
    return replace(earlier.notice, subject_id=RECIPIENT if given_to else SOMEBODY_ELSE)


def _recipient(row: RegisterRow, earlier: Step | None) -> Recipient:
    subject = _subject(row, earlier)
    return Recipient(RECIPIENT, subject.kind, subject.born_on)


def _subject(row: RegisterRow, earlier: Step | None) -> Subject:
    """Whom the row is about, with what only the earlier entry says of the same subject."""
    subject = row.subject
    same = earlier is not None and subject.is_same(earlier.subject)
    return subject.together_with(earlier.subject) if earlier and same else subject


def _maximum(row: RegisterRow, setting: Setting) -> int | None:
    """The cap of the offence's day, else of the notice's. None for an offence whose cap is not among our values."""
    if not row.needs_earlier_step:
        return None
    commenced = setting.values[COMMENCED].values[0].from_on
    return setting.values.number("fpn_maximum", max(row.offence_day or row.issued_on, commenced))


def _limit(day: date | None, setting: Setting) -> date | None:
    """The last day of the six months for an alleged day. A day before the Act can't be of a notice in force: see there."""
    if day is None or day < setting.values[COMMENCED].values[0].from_on:
        return None
    rule = CLOCK_RULES["prosecution_limit"]
    return explain(rule, day, values=setting.values, holidays=setting.holidays).last_day


def _service(row: RegisterRow, setting: Setting) -> Findings:
    if row.service_method is None or POWERS[row.power].tool is not None:
        return Findings()
    power = POWERS[row.power]
    facts = ServiceFacts(row.service_method, row.served_on or row.issued_on, setting.today, imported=True)
    return check_service(power.document, power.services, facts)


def _problem(refusal: Refusal, row: RegisterRow) -> Problem:
    column = COLUMN_OF.get(refusal.field or "", "follows")
    if column == "offence_from" and not row.offence_from:
        column = "offence_to" if row.offence_to else "issued_on"
    problem = of_refusal(refusal, column)
    if refusal.code not in MISSING_STEP or row.follows:
        return problem
    return Problem("follows", problem.code, problem.message, f"{problem.remedy} {IN_A_REGISTER}", problem.authority)
