"""The answers of the public form: which questions there are, which comes next, and what they say together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from asb_cases.domain.calendar import in_words
from asb_cases.domain.case_review_application import (
    ApplicantRole,
    Application,
    ApplicationChannel,
    NamedComplaint,
    VictimConsent,
)
from asb_cases.web.forms import Form
from asb_cases.web.public.asking_forms import (
    BODIES,
    CONSENTS,
    ROLES,
    ConsentForm,
    ContactForm,
    EffectForm,
    NameForm,
    SafeForm,
    VictimForm,
    WhatForm,
    WhoForm,
)

Answers = Mapping[str, Any]

#: The key under which it is kept which questions were answered, since some may be left blank.
ANSWERED = "answered"
REPORTS = "reports"
CHECK = "check"


@dataclass(frozen=True)
class Step:
    """One page of questions: the end of its address, its form, what the check calls it. `only_for_others`: it is asked
    where somebody asks for another person."""

    code: str
    form: type[Form] | None
    title: str
    only_for_others: bool = False


STEPS: tuple[Step, ...] = (
    Step("who", WhoForm, "Who you are asking for"),
    Step("victim", VictimForm, "Their name", only_for_others=True),
    Step("consent", ConsentForm, "Whether they agree that we tell you", only_for_others=True),
    Step("what", WhatForm, "What has been happening"),
    Step(REPORTS, None, "Reports made so far"),
    Step("effect", EffectForm, "How it affects you or them"),
    Step("name", NameForm, "Your name"),
    Step("contact", ContactForm, "How to contact you"),
    Step("safe-contact", SafeForm, "How not to contact you"),
)
BY_CODE = {step.code: step for step in STEPS}


def asked(answers: Answers) -> list[Step]:
    """The questions that these answers lead to, in their order."""
    for_another = answers.get("applicant_role") not in (None, ApplicantRole.VICTIM.value)
    return [step for step in STEPS if for_another or not step.only_for_others]


def first_open(answers: Answers) -> Step | None:
    """The first question that is not answered yet; None where all are."""
    done = answers.get(ANSWERED, ())
    return next((step for step in asked(answers) if step.code not in done), None)


def before(code: str, answers: Answers) -> str | None:
    """The question before this one; None before the first."""
    codes = [step.code for step in asked(answers)]
    place = len(codes) if code == CHECK else codes.index(code) if code in codes else 0
    return codes[place - 1] if place else None


def answered(form: Form, code: str, answers: Answers) -> dict[str, Any]:
    """What one page adds to the answers."""
    given = {field.short_name: field.data for field in form if field.short_name not in ("csrf_token", "form_key")}
    return {**given, ANSWERED: sorted({*answers.get(ANSWERED, ()), code})}


def report_of(form: Form) -> dict[str, Any]:
    """One report as it is kept: days as text."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in ((field.short_name, field.data) for field in form)
        if name not in ("csrf_token", "form_key")
    }


def typed_in_report(report: Mapping[str, Any]) -> dict[str, Any]:
    """A kept report, for its form."""
    days = {name: _day(report.get(name)) for name in ("made_on", "occurred_on")}
    return {**report, **days}


def reports_of(answers: Answers) -> list[dict[str, Any]]:
    return list(answers.get(REPORTS, ()))


def application_of(answers: Answers) -> Application:
    """All of it, as the act takes it in."""
    role = ApplicantRole(answers["applicant_role"])
    mine = role is ApplicantRole.VICTIM
    victim = answers.get("contact_name") if mine else answers.get("on_behalf_of")
    consent = None if mine else answers.get("victim_consent")
    return Application(
        channel=ApplicationChannel.WEB,
        applicant_role=role,
        on_behalf_of=None if mine else answers.get("on_behalf_of"),
        victim_consent=VictimConsent(consent) if consent else None,
        words=answers.get("words"),
        effect=answers.get("effect"),
        contact_name=answers.get("contact_name"),
        contact_email=answers.get("contact_email"),
        contact_phone=answers.get("contact_phone"),
        contact_address=answers.get("contact_address"),
        safe_contact=answers.get("safe_contact"),
        complaints=tuple(
            NamedComplaint(
                complainant=each.get("complainant") or victim,
                occurred_on=_day(each.get("occurred_on")),
                made_on=_day(each.get("made_on")),
                body=body_of(each),
                description=each.get("description"),
            )
            for each in reports_of(answers)
        ),
    )


def body_of(report: Mapping[str, Any]) -> str:
    """To whom it was reported, in words."""
    kind, name = report.get("body"), report.get("body_name")
    if kind == "other":
        return name or "Somebody else"
    return f"{kind}: {name}" if name else str(kind)


def summary_of(answers: Answers) -> list[tuple[Step, str]]:
    """Each question with its answer in words, for checking."""
    return [(step, _said(step.code, answers)) for step in asked(answers)]


def report_in_words(report: Mapping[str, Any]) -> str:
    """`Police, reported on 3 March 2026`, for lists."""
    titles = dict(BODIES)
    who = report.get("body_name") or titles.get(str(report.get("body")), "Somebody else")
    made = _day(report.get("made_on"))
    return f"{who}, reported on {in_words(made)}" if made else f"{who}, day not known"


def _said(code: str, answers: Answers) -> str:
    if code == "who":
        return dict(ROLES).get(answers.get("applicant_role", ""), "")
    if code == "consent":
        return dict(CONSENTS).get(answers.get("victim_consent", ""), "")
    if code == REPORTS:
        return "\n".join(map(report_in_words, reports_of(answers))) or "None"
    names: Mapping[str, Sequence[str]] = {
        "victim": ("on_behalf_of",),
        "what": ("words",),
        "effect": ("effect",),
        "name": ("contact_name",),
        "contact": ("contact_email", "contact_phone", "contact_address"),
        "safe-contact": ("safe_contact",),
    }
    return "\n".join(filter(None, (answers.get(name) for name in names[code]))) or "Left blank"


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
