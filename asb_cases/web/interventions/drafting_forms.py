"""The parts of a draft, each a form: what it shows of the draft's content, and how it puts what was typed back.

A form of `PARTS` is filled with `answers_of(content)` and answers `put_into(content)`: the content with this part of it
changed and all else as it was.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from flask import request
from wtforms import Form as PlainForm

from asb_cases.adapters.time import today
from asb_cases.domain.draft_content import Asked, Content, Evidence, StatutoryNuisance, Told
from asb_cases.domain.people import PersonKind
from asb_cases.domain.powers import POWERS
from asb_cases.domain.powers.power import Limb, Power
from asb_cases.domain.powers.screening import SCREEN, Screened, items_for
from asb_cases.domain.requirements import KIND_TITLES, Requirement, RequirementKind, wording_cautions
from asb_cases.queries.drafts import DraftInHand, Recipient
from asb_cases.queries.evidence import Record, evidence_offered
from asb_cases.queries.recipients import Possible, Warned
from asb_cases.web.filters import day, words
from asb_cases.web.forms import (
    CheckboxesField,
    Choice,
    DateField,
    Form,
    RadioField,
    RowsField,
    TextAreaField,
    TextField,
    VersionedForm,
)
from asb_cases.web.record_words import step_status

#: Characters of a record that are shown where it may be picked.
SHOWN = 100
#: What an older record is evidence of stays with it.
LONG_TEXT = 8000
RECORD_KINDS = ("incident", "complaint", "note", "attachment", "contact_entry")


class PartForm(VersionedForm):
    """A part of a draft. `others`: drafts of the same case that take it over as well, unless it is about one person."""

    personal = False
    others = CheckboxesField(
        "Put this part into these drafts of the case as well", hint="Ticked where they say the same now.", size="s"
    )

    @classmethod
    def answers_of(cls, content: Content) -> dict[str, Any]:
        """What the form is filled with."""
        raise NotImplementedError

    def put_into(self, content: Content) -> Content:
        """The content with what was typed."""
        raise NotImplementedError

    def prepare(self, draft: DraftInHand) -> None:
        """Offer what depends on the draft."""
        if self.personal:
            return
        sent = request.form.getlist("others")
        self.others.choices = [
            (_as_sent(each.id, each.version, sent), f"{each.reference}, {each.recipient}") for each in draft.others
        ]
        if not self.is_submitted():
            mine = self.answers_of(draft.content)
            same = [each for each in draft.others if self.answers_of(each.content) == mine]
            self.others.data = [f"{each.id}-{each.version}" for each in same]

    def kept_in_step(self) -> dict[int, int]:
        """The versions of the other drafts that take it over, by their ids."""
        return {int(id_): int(version) for id_, version in (each.split("-") for each in self.others.data or ())}


def _as_sent(draft_id: int, version: int, sent: Iterable[str]) -> str:
    """The draft as the person was shown it: if it has changed since, the act has to say so."""
    shown = (each for each in sent if re.fullmatch(rf"{draft_id}-[0-9]{{1,9}}", each))
    return next(shown, f"{draft_id}-{version}")


class RecipientForm(PartForm):
    """Why it is theirs to answer for."""

    personal = True
    subject_basis = TextAreaField(
        "Why the conduct counts as theirs (section 44)",
        hint="Needed for owners and landlords: how they own, lease, occupy, control, operate or maintain the premises, and "
        "how they can be expected to affect the conduct.",
        rows=4,
    )
    enquiries_note = TextAreaField(
        "What was done to find out who the owner or occupier is (section 45)",
        hint="Needed if it is to be posted on the premises: who was asked, when, and what came of it.",
        rows=4,
    )

    @classmethod
    def answers_of(cls, content: Content) -> dict[str, Any]:
        return {"subject_basis": content.subject_basis, "enquiries_note": content.enquiries_note}

    def put_into(self, content: Content) -> Content:
        return replace(content, subject_basis=self.subject_basis.data, enquiries_note=self.enquiries_note.data)


class ConductForm(PartForm):
    """What was done or left undone."""

    conduct = TextAreaField(
        "What was done or left undone, where and when",
        hint="The document must identify the conduct (section 43(7)). Facts, days and times; a failure to act is conduct too.",
        rows=8,
        max_length=LONG_TEXT,
    )
    statutory_nuisance = RadioField(
        "Could it be a statutory nuisance?",
        hint="Noise, smoke, smells, deposits or the state of premises that are a nuisance or harm health (Environmental "
        "Protection Act 1990 s.79). A notice never takes the place of the council’s duty to serve an abatement notice.",
        choices=[
            (StatutoryNuisance.NO, "No"),
            (StatutoryNuisance.TOLD, "It may be, and environmental health knows"),
            (StatutoryNuisance.TO_TELL, "It may be: put a task on the case to tell environmental health"),
        ],
        coerce=StatutoryNuisance,
        size="s",
    )
    statutory_nuisance_note = TextField("Who was told, when, and what they said")

    @classmethod
    def answers_of(cls, content: Content) -> dict[str, Any]:
        return {
            "conduct": content.conduct,
            "statutory_nuisance": content.statutory_nuisance,
            "statutory_nuisance_note": content.statutory_nuisance_note,
        }

    def put_into(self, content: Content) -> Content:
        return replace(
            content,
            conduct=self.conduct.data,
            statutory_nuisance=self.statutory_nuisance.data,
            statutory_nuisance_note=self.statutory_nuisance_note.data,
        )


class Described(PlainForm):
    """Evidence that is no record of the case."""

    description = TextField("What it is, and where it is kept", max_length=500)


class LimbForm(PartForm):
    """One limb of the legal test: the answer, and what shows it."""

    limb: Limb
    #: How incidents are described, by their keys.
    incidents: Mapping[str, str] = MappingProxyType({})
    answer = TextAreaField(
        rows=6, max_length=LONG_TEXT, hint="In your own words: why you are satisfied of it on reasonable grounds."
    )
    picked = CheckboxesField(
        "What shows it",
        hint="Records of this case, the latest first. At least one piece of evidence is needed.",
        size="s",
    )
    described = RowsField(
        "Other evidence",
        hint="What is not among them: an older record by its date, CCTV, a statement.",
        row=Described,
        noun="piece of evidence",
        size="s",
    )

    @classmethod
    def answers_of(cls, content: Content) -> dict[str, Any]:
        own = [each for each in content.evidence if each.limb == cls.limb.code]
        return {
            "answer": getattr(content, cls.limb.code),
            "picked": [key for each in own if (key := key_of(each))],
            "described": [{"description": each.description} for each in own if not key_of(each)],
        }

    def put_into(self, content: Content) -> Content:
        others = [each for each in content.evidence if each.limb != self.limb.code]
        said = {key_of(each): each.description for each in content.evidence if each.limb == self.limb.code}
        picked = [
            evidence_of(self.limb.code, key, said.get(key) or self.incidents.get(key)) for key in self.picked.data or ()
        ]
        described = [Evidence(self.limb.code, description=row["description"]) for row in self.described.data]
        return replace(content, **{self.limb.code: self.answer.data}, evidence=[*others, *picked, *described])

    def prepare(self, draft: DraftInHand) -> None:
        super().prepare(draft)
        self.answer.label.text = self.limb.question
        known = [each for each in draft.content.evidence if each.limb == self.limb.code]
        records = evidence_offered(draft.case_id, known)
        self.picked.choices = [_offered(record) for record in records]
        self.incidents = {
            f"incident-{each.id}": f"Incident of {day(each.on)}" for each in records if each.kind == "incident"
        }


def key_of(evidence: Evidence) -> str | None:
    """A record of the case as the form names it: "note-12"; None for what is only described."""
    for kind in RECORD_KINDS:
        record_id = getattr(evidence, f"{kind}_id")
        if record_id is not None:
            return f"{kind}-{record_id}"
    return None


def evidence_of(limb: str, key: str, description: str | None) -> Evidence:
    """The record that a key names, as evidence."""
    kind, _, number = key.rpartition("-")
    return Evidence(limb, description=description, **{f"{kind}_id": int(number)})


def _offered(record: Record) -> Choice:
    title = {
        "incident": f"Incident of {day(record.on)}" + (", can be relied on" if record.code else ""),
        "complaint": f"Complaint {record.reference}, made {day(record.on)}",
        "contact_entry": f"Contact of {day(record.on)}, {words(record.code).lower()}",
        "note": f"{'Internal note' if record.code == 'internal' else 'Note'} of {day(record.on)}",
        "attachment": f"File received {day(record.on)}",
    }[record.kind]
    text = " ".join(record.text.split())
    return Choice(f"{record.kind}-{record.id}", title, text[: SHOWN - 1] + "…" if len(text) > SHOWN else text)


class RequirementForm(PlainForm):
    """One requirement."""

    kind = RadioField(
        "What kind it is",
        choices=[(kind, title) for kind, title in KIND_TITLES.items()],
        coerce=RequirementKind,
        required="Choose what kind it is",
    )
    text = TextAreaField(
        "What exactly, where and when", rows=3, max_length=1000, required="Say what exactly is required"
    )
    comply_by = DateField("Last day to do it", hint="")


class RequirementsForm(PartForm):
    """What is required of them."""

    requirements = RowsField("Requirements", row=RequirementForm, noun="requirement", size="m")

    @classmethod
    def answers_of(cls, content: Content) -> dict[str, Any]:
        return {"requirements": [vars(each) for each in content.requirements]}

    def put_into(self, content: Content) -> Content:
        return replace(content, requirements=[Asked(**row) for row in self.requirements.data])

    def prepare(self, draft: DraftInHand) -> None:
        """Point out words that leave open what is required, beside each."""
        super().prepare(draft)
        for number, (index, row) in enumerate(self.requirements.rows.items(), 1):
            found = wording_cautions([Requirement(number, 1, RequirementKind.STOP, row["text"].data or "")])
            if found:
                self.requirements.notes[index] = found[0].message


class WarningTimeForm(PartForm):
    """The time that a warning gives."""

    comply_by = DateField("Last day to put it right", hint="Leave it blank if it is to be heeded at once.")

    @classmethod
    def answers_of(cls, content: Content) -> dict[str, Any]:
        return {"comply_by": content.comply_by}

    def put_into(self, content: Content) -> Content:
        return replace(content, comply_by=self.comply_by.data)


class NoticeTimeForm(PartForm):
    """The time there was since the warning, and how long the notice is to last."""

    enough_time_reason = TextAreaField(
        "Why they had enough time, and what shows that it still goes on (section 43(5)(b))",
        hint="How long they had since the warning, why that was enough for what was asked, and what happened after it.",
        rows=6,
        max_length=LONG_TEXT,
    )
    ends_on = DateField(
        "Last day of the notice", hint="The Act sets no limit; open-ended notices have been criticised."
    )
    review_on = DateField("Day to review it", hint="")

    @classmethod
    def answers_of(cls, content: Content) -> dict[str, Any]:
        return {
            "enough_time_reason": content.enough_time_reason,
            "ends_on": content.ends_on,
            "review_on": content.review_on,
        }

    def put_into(self, content: Content) -> Content:
        return replace(
            content,
            enough_time_reason=self.enough_time_reason.data,
            ends_on=self.ends_on.data,
            review_on=self.review_on.data,
        )


class ToldForm(PlainForm):
    """One body or individual told."""

    name = TextField("Who was told", required="Enter who was told")
    told_on = DateField("Day they were told", required="Enter the day they were told", hint="")
    note = TextAreaField("What they said", rows=2, max_length=1000)


class ConsulteesForm(PartForm):
    """Who was told before the notice."""

    consultees = RowsField(
        "Bodies and individuals told before the notice",
        row=ToldForm,
        noun="person or body",
        size="m",
        hint="Whoever you think it appropriate to tell (section 43(6)): the landlord, a social worker, the police, the victim.",
    )
    no_consultees_reason = TextAreaField(
        "Or why nobody needed to be told", hint="A reason that can be read out in court.", rows=3
    )

    @classmethod
    def answers_of(cls, content: Content) -> dict[str, Any]:
        return {
            "consultees": [vars(each) for each in content.consultees],
            "no_consultees_reason": content.no_consultees_reason,
        }

    def put_into(self, content: Content) -> Content:
        told = [Told(**row) for row in self.consultees.data]
        return replace(content, consultees=told, no_consultees_reason=self.no_consultees_reason.data)


class ScreeningForm(PartForm):
    """The screen, question by question, and what follows from it."""

    personal = True
    screening = TextAreaField(
        "What follows from it",
        hint="Help offered, adjustments made, and why the document is proportionate all the same.",
        rows=5,
    )

    @classmethod
    def answers_of(cls, content: Content) -> dict[str, Any]:
        answers: dict[str, Any] = {"screening": content.screening}
        for each in content.screen:
            answers |= {each.item: "yes" if each.raised else "no", f"{each.item}_note": each.note}
        return answers

    def put_into(self, content: Content) -> Content:
        asked = [item for item in SCREEN if item.code in self]
        screen = [
            Screened(item.code, self[item.code].data == "yes", self[f"{item.code}_note"].data)
            for item in asked
            if self[item.code].data
        ]
        flags = content.screening_flags if content.screen == screen else None
        return replace(content, screen=screen, screening=self.screening.data, screening_flags=flags)

    def prepare(self, draft: DraftInHand) -> None:
        super().prepare(draft)
        individual = draft.recipient.kind is PersonKind.INDIVIDUAL
        asked = {item.code for item in items_for(draft.recipient.age, individual=individual)}
        for item in SCREEN:
            if item.code not in asked:
                del self[item.code], self[f"{item.code}_note"]

    @property
    def questions(self) -> Sequence[tuple[Any, Any]]:
        """Each question with the room for its note."""
        return [(self[item.code], self[f"{item.code}_note"]) for item in SCREEN if item.code in self]


for _item in SCREEN:
    _question = RadioField(
        _item.question,
        hint=_item.hint,
        choices=[("no", "Nothing known"), ("yes", "Yes: to be considered")],
        inline=True,
        small=True,
        size="s",
    )
    setattr(ScreeningForm, _item.code, _question)
    setattr(ScreeningForm, f"{_item.code}_note", TextAreaField("What is known, and who was asked", rows=2))


@dataclass(frozen=True)
class Part:
    """One part of a draft: its place in the address, its title, its form, and the fields that findings of the law name
    where they are about it."""

    code: str
    title: str
    form: type[PartForm]
    fields: frozenset[str]


def _limb_part(limb: Limb, title: str) -> Part:
    form = type(f"{limb.code.title()}Form", (LimbForm,), {"limb": limb, "__doc__": LimbForm.__doc__})
    return Part(limb.code.replace("_", "-"), title, form, frozenset({limb.code, f"{limb.code}_evidence"}))


LIMB_NAMES = {
    "detrimental_effect": "Detrimental effect",
    "persistent_or_continuing": "Persistent or continuing",
    "unreasonable": "Unreasonable",
}
RECIPIENT = Part("recipient", "Who it is against", RecipientForm, frozenset({"subject", "subject_basis", "follows"}))
CONDUCT = Part("conduct", "The conduct", ConductForm, frozenset({"conduct"}))
REQUIREMENTS = Part("requirements", "Requirements", RequirementsForm, frozenset({"requirements"}))
WARNING_TIME = Part("time", "The time it gives", WarningTimeForm, frozenset({"comply_by"}))
NOTICE_TIME = Part(
    "enough-time", "Enough time, and how long it lasts", NoticeTimeForm, frozenset({"enough_time_reason", "ends_on"})
)
CONSULTEES = Part("consultees", "Who was told before", ConsulteesForm, frozenset({"consultees"}))
SCREENING = Part("screening", "Equality, needs and rights", ScreeningForm, frozenset({"screening"}))


def parts_of(power: Power) -> list[Part]:
    """The parts of a draft, as the power's entry in the register asks for them, in the order of the journey."""
    limbs = [_limb_part(limb, LIMB_NAMES.get(limb.code, words(limb.code))) for limb in power.limbs]
    return [
        RECIPIENT,
        CONDUCT,
        *limbs,
        *([REQUIREMENTS] if power.requirement_kinds else []),
        NOTICE_TIME if power.follows else WARNING_TIME,
        *([CONSULTEES] if power.needs_consultees else []),
        SCREENING,
    ]


#: The parts of each power that is drafted here.
PARTS = {code: parts_of(POWERS[code]) for code in ("CPW", "CPN")}


class NewWarningForm(Form):
    """To whom a warning is to be drafted."""

    recipients = CheckboxesField(
        "Who is it to?",
        hint="Tick everybody who is to have one. Each has a document of their own.",
        size="m",
        coerce=int,
    )
    unnamed = RadioField(
        "Or to somebody whose name is not known",
        hint="Section 45: where the effect comes from the condition or use of premises.",
        choices=[
            (PersonKind.OCCUPIER, "The occupier of these premises"),
            (PersonKind.OWNER, "The owner of these premises"),
        ],
        coerce=PersonKind,
        size="m",
    )
    premises = TextField("Address of the premises")

    def offer(self, people: Iterable[Possible]) -> None:
        """Those of the case to choose from."""
        people = list(people)
        self.asked_as = {"subject": "recipients"} if people else {}
        self.recipients.choices = [
            Choice(str(each.id), each.name, ", ".join([*map(words, each.parts), age_in_words(each)])) for each in people
        ]
        if len(people) == 1 and not self.is_submitted():
            self.recipients.data = [people[0].id]


class NewNoticeForm(Form):
    """Which warnings a notice is to follow."""

    follows = CheckboxesField(
        "Which warnings does it follow?",
        hint="A notice goes to somebody who was warned in writing (section 43(5)(a)). Tick several for several people: each "
        "has a notice of their own.",
        coerce=int,
        size="m",
    )

    def offer(self, warnings: Iterable[Warned], subject_id: int | None) -> None:
        """The warnings of the case to choose from, those to the person asked about first."""
        ordered = sorted(warnings, key=lambda each: each.subject_id != subject_id)
        self.asked_as = {"subject": "follows"} if ordered else {}
        self.follows.choices = [
            Choice(str(each.id), f"{each.subject}, {each.reference}", _given(each)) for each in ordered
        ]


def _given(warning: Warned) -> str:
    parts = [f"Given {day(warning.given_on)}" + (f" by {warning.given_by}" if warning.given_by else "")]
    if warning.comply_by:
        parts.append(f"to be heeded by {day(warning.comply_by)}")
    if warning.lapses_on and warning.lapses_on < today():
        parts.append(f"lapsed on {day(warning.lapses_on)} under local policy")
    return f"{', '.join(parts)}. {step_status(warning.status, 'CPW')}."


def age_in_words(person: Possible | Recipient) -> str:
    """What is known of somebody's age."""
    if person.kind is not PersonKind.INDIVIDUAL:
        return words(person.kind.value).lower()
    if person.age is not None:
        return f"aged {person.age}"
    return "believed to be 16 or over" if person.believed_because else "age not recorded"


class AgeForm(VersionedForm):
    """What is known of somebody's age."""

    born_on = DateField("Date of birth")
    believed_16_or_over_because = TextAreaField(
        "Or why they are believed to be 16 or over",
        hint="For example: holds a driving licence; has a child at school; known to the housing officer as an adult.",
        rows=3,
    )
