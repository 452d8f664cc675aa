"""What a document may say: nothing reaches its template but what stands here.

A document to the subject holds no evidence, no consultees, no notes and nobody who turned to us: there is no field for
them. What officers typed for the recipient is passed on as it is; the page that shows it points out a name that should
not stand in it (`names_in`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime

from asb_cases.documents.kinds import DocumentKind
from asb_cases.documents.letters import LetterKind
from asb_cases.documents.wording import BLOCKS, filled
from asb_cases.domain.appeals import GROUND_TITLES
from asb_cases.domain.calendar import in_words, local
from asb_cases.domain.identification import UNNAMED
from asb_cases.domain.legal_values import LegalValues
from asb_cases.domain.measures import WORK, MeasureKind
from asb_cases.domain.names import fold_key
from asb_cases.domain.people import PersonKind
from asb_cases.domain.powers import POWERS
from asb_cases.domain.powers.legal_test import LIMB_TITLES
from asb_cases.domain.powers.penalty import Received
from asb_cases.domain.requirements import Requirement
from asb_cases.models.wording import WordingVersion
from asb_cases.queries.document_rows import DocumentRows, LetterOf, LetterRows, VersionOfRequirement
from asb_cases.queries.enforcement_facts import maximum_penalty, penalty_given
from asb_cases.queries.policy import Policy

FIRST_DAY = date(2014, 10, 20)


@dataclass(frozen=True)
class CouncilWords:
    """The council's own words for letters, as they stand on a day. An empty one is not decided yet."""

    name: str
    address: str
    contact: str
    appeal_court: str
    languages: str
    privacy: str
    review_right: str
    case_review_contact: str
    dispute: str
    case_review_escalation: str


#: The code of the dated value behind each of the council's words.
CODES = {
    "address": "letter_council_address",
    "contact": "letter_contact",
    "appeal_court": "letter_appeal_court",
    "languages": "letter_languages",
    "privacy": "letter_privacy",
    "review_right": "letter_review_right",
    "case_review_contact": "letter_case_review_contact",
    "dispute": "fpn_dispute",
    "case_review_escalation": "public_escalation",
}


@dataclass(frozen=True)
class Recipient:
    """Whom it is to. `is_unnamed`: whoever occupies or owns premises, which may be an individual or a body (s.45)."""

    name: str
    address: str | None
    is_body: bool
    is_unnamed: bool = False


@dataclass(frozen=True)
class Required:
    """One requirement, as a document prints it. `change` says what a variation did with it."""

    number: int
    kind: str
    text: str
    comply_by: date | None
    change: str | None = None


@dataclass(frozen=True)
class Given:
    """How a document was given, once."""

    method: str | None
    sent_on: date | None
    given_on: date | None
    given_at: datetime | None
    deemed_because: str | None
    address: str | None
    address_basis: str | None
    server: str | None
    witness: str | None
    note: str | None
    returned_on: date | None


@dataclass(frozen=True)
class Penalised:
    """What a fixed penalty notice says of the offence and of the money. Days are None until the notice has its date."""

    notice_reference: str
    notice_given_on: date | None
    from_on: date
    to_on: date | None
    requirements: Sequence[Required]
    amount_pence: int | None
    reduced_pence: int | None
    reduced_within_days: int | None
    reduced_until: date | None
    days: int
    last_day: date | None
    payee: str | None
    other_ways_to_pay: str | None


@dataclass(frozen=True)
class Work:
    """Work in default: what is intended or asked for, on which day and for how much; and what was carried out."""

    on: date
    text: str
    amount_pence: int | None
    carried_out: Sequence["Work"] = ()


@dataclass(frozen=True)
class LawInFigures:
    """The figures of the law that a text names, as they stood on its day."""

    appeal_days: int
    cost_appeal_days: int
    breach_fine_pence: int
    penalty_maximum_pence: int | None
    grounds: Sequence[str]


@dataclass(frozen=True)
class SubjectDocument:
    """A document to whom a warning, notice or penalty is against, or about how it was given."""

    title: str
    reference: str
    council: CouncilWords
    recipient: Recipient
    dated_on: date | None
    signed_on: date | None
    signed_by: str | None
    conduct: str | None
    limbs: Sequence[tuple[str, str | None]]
    basis: str | None
    requirements: Sequence[Required]
    comply_by: date | None
    review_on: date | None
    ends_on: date | None
    warned_on: date | None
    varied_on: date | None
    reason: str | None
    ended_on: date | None
    penalised: Penalised | None
    work: Work | None
    given: Sequence[Given]
    received: Sequence[Received]
    made_on: date
    law: LawInFigures
    block: str | None
    block_version: str | None
    wording: Mapping[str, str]
    wording_versions: Mapping[str, int]


@dataclass(frozen=True)
class ComplainantLetter:
    """A letter to somebody who turned to us. It names nobody else; what the council did about whom is not in it."""

    title: str
    case_reference: str
    council: CouncilWords
    recipient: Recipient
    dated_on: date
    told: str | None
    told_on: date | None
    closed_on: date | None
    closed_because: str | None
    notice_stays: bool
    complaint_reference: str | None
    complaints_needed: int
    complaint_months: int
    application_months: int
    block: str
    block_version: str
    wording: Mapping[str, str]
    wording_versions: Mapping[str, int]


def council_words(name: str, values: LegalValues, day: date) -> CouncilWords:
    """The council's words on a day; on one before any are known, the first ones."""
    known = max(day, FIRST_DAY)
    return CouncilWords(name=name, **{field: values.text(code, known) for field, code in CODES.items()})


def subject_document(
    kind: DocumentKind, rows: DocumentRows, council: str, policy: Policy, today: date
) -> SubjectDocument:
    """The document of this kind, as it stands. Its figures are those of its own day, or of today while it has none."""
    step = rows.step
    signed_on = local(step.signed_at).date() if step.signed_at else None
    own_day = step.issued_on or signed_on or today
    block = kind.block
    return SubjectDocument(
        title=kind.titles[step.power],
        reference=step.reference,
        council=council_words(council, policy.values, own_day if kind.itself else today),
        recipient=Recipient(
            step.subject.name, rows.address, step.subject.kind is PersonKind.BODY, step.subject.kind in UNNAMED
        ),
        dated_on=step.issued_on if step.power == "FPN" else signed_on,
        signed_on=signed_on,
        signed_by=rows.names.issuer,
        conduct=step.conduct,
        limbs=[(_heading(limb.code), getattr(step, limb.code)) for limb in POWERS[step.power].limbs],
        basis=step.subject_basis,
        requirements=_requirements(kind, rows),
        comply_by=step.comply_by,
        review_on=step.review_on,
        ends_on=rows.ends_on if kind.itself else step.ends_on,
        warned_on=step.follows.issued_on if step.power == "CPN" and step.follows else None,
        varied_on=local(rows.varied[0]).date() if rows.varied else None,
        reason=_reason(kind, rows),
        ended_on=step.ended_on,
        penalised=_penalised(rows, policy, own_day) if step.power == "FPN" else None,
        work=_work(kind, rows),
        given=[_given(row) for row in rows.services] if kind.code == "service" else [],
        received=rows.received if kind.code == "payment" else [],
        made_on=today,
        law=_law(policy, own_day, rows.breach.from_on if rows.breach else own_day),
        block=block.template if block else None,
        block_version=block.version if block else None,
        wording=_wording(kind.code, rows.wordings, step.reference, step.subject.name, council, today),
        wording_versions=_wording_versions(kind.code, rows.wordings),
    )


def complainant_letter(
    kind: LetterKind, rows: LetterRows, council: str, policy: Policy, today: date
) -> ComplainantLetter:
    """A letter about the handling of somebody's report."""
    case, values = rows.case, policy.values
    about_closing = kind.of is LetterOf.PART
    return ComplainantLetter(
        title=kind.title,
        case_reference=case.reference,
        council=council_words(council, values, today),
        recipient=Recipient(rows.person.name, rows.address, rows.person.kind is PersonKind.BODY),
        dated_on=today,
        told=rows.told,
        told_on=rows.complaint[1] if rows.complaint else local(rows.told_at).date() if rows.told_at else None,
        closed_on=case.closed_on if about_closing else None,
        closed_because=case.closure_reason if about_closing else None,
        notice_stays=about_closing and case.notice_review_on is not None,
        complaint_reference=rows.complaint[0] if rows.complaint else None,
        complaints_needed=values.number("case_review_number", today),
        complaint_months=values.number("case_review_complaint_months", today),
        application_months=values.number("case_review_application_months", today),
        block=kind.block.template,
        block_version=kind.block.version,
        wording=_wording(kind.code, rows.wordings, case.reference, rows.person.name, council, today),
        wording_versions=_wording_versions(kind.code, rows.wordings),
    )


def undecided(words: CouncilWords, used: Iterable[str], values: LegalValues) -> list[str]:
    """The titles of the council's words that a document uses and that are not decided yet."""
    return [values[CODES[field]].title for field in used if not getattr(words, field).strip()]


def names_in(document: SubjectDocument | ComplainantLetter, names: Iterable[str]) -> list[str]:
    """Which of these names stand in what somebody typed for whoever it is to: whole, or the last word of one alone."""
    typed = _said(document) if isinstance(document, SubjectDocument) else [document.told, document.closed_because]
    return names_in_texts(typed, names)


def names_in_texts(typed: Iterable[str | None], names: Iterable[str]) -> list[str]:
    """The same of texts."""
    said = f" {' '.join(_words(' '.join(filter(None, typed))))} "
    return [name for name in names if any(f" {each} " in said for each in _forms(name))]


def _heading(limb: str) -> str:
    title = LIMB_TITLES[limb]
    return title[0].upper() + title[1:]


def _said(document: SubjectDocument) -> list[str]:
    """Everything in it that somebody typed."""
    work = [each.text for each in (document.work, *document.work.carried_out)] if document.work else []
    typed = [document.conduct, document.basis, document.reason, *work, *(text for _, text in document.limbs)]
    required = [*document.requirements, *(document.penalised.requirements if document.penalised else ())]
    return [text for text in (*typed, *(each.text for each in required)) if text]


def _forms(name: str) -> list[str]:
    words = _words(name)
    last = words[-1:] if len(words) > 1 and len(words[-1]) > 2 else []
    return [" ".join(words), *last] if words else []


def _words(text: str) -> list[str]:
    return "".join(sign if sign.isalnum() else " " for sign in fold_key(text)).split()


def _requirements(kind: DocumentKind, rows: DocumentRows) -> list[Required]:
    """As they were given at first; in a variation, as they stand now, with what became of each."""
    if kind.code != "variation":
        return [
            _required(each.rule) for each in rows.requirements if each.rule.version == 1 and each.made_by == "issue"
        ]
    latest: dict[int, VersionOfRequirement] = {each.rule.number: each for each in rows.requirements}
    return [_required(each.rule, _change(each)) for each in latest.values()]


def _change(each: VersionOfRequirement) -> str:
    if each.rule.to_on is not None:
        return "Taken away"
    if each.made_by == "issue":
        return "As before"
    return "New" if each.rule.version == 1 else "In new words"


def _required(rule: Requirement, change: str | None = None) -> Required:
    return Required(rule.number, rule.kind.value, rule.text, rule.comply_by, change)


def _reason(kind: DocumentKind, rows: DocumentRows) -> str | None:
    """Why, in the words that were typed to be read to the recipient; what was noted beside them stays here."""
    if kind.code == "variation":
        return (rows.varied[1] or "").split(" / ")[0] or None if rows.varied else None
    return rows.step.ended_because if kind.code in ("withdrawal", "discharge") else None


def _penalised(rows: DocumentRows, policy: Policy, own_day: date) -> Penalised | None:
    step, breach, notice = rows.step, rows.breach, rows.notice
    if breach is None or notice is None:
        return None
    given = penalty_given(step, policy)
    return Penalised(
        notice_reference=notice.reference,
        notice_given_on=notice.issued_on,
        from_on=breach.from_on,
        to_on=breach.to_on,
        requirements=[_required(each) for each in rows.breached],
        amount_pence=step.amount_pence,
        reduced_pence=step.reduced_pence,
        reduced_within_days=step.reduced_within_days,
        reduced_until=given.reduced_until if given else None,
        days=policy.values.number("fpn_no_proceedings_days", own_day),
        last_day=given.last_day if given else None,
        payee=step.payee,
        other_ways_to_pay=step.other_ways_to_pay,
    )


def _wording(
    kind: str, written: Mapping[str, WordingVersion], reference: str, recipient: str, council: str, day: date
) -> dict[str, str]:
    """The council's own words in a kind of document, by the code of each block."""
    values = {"reference": reference, "recipient": recipient, "council": council, "day": in_words(day)}
    standing = {block.code: block.shipped for block in BLOCKS.values() if block.of == kind}
    return {
        code: filled(written[code].text if code in written else shipped, values) for code, shipped in standing.items()
    }


def _wording_versions(kind: str, written: Mapping[str, WordingVersion]) -> dict[str, int]:
    """Their versions: 0 for what they ship with."""
    return {
        block.code: written[block.code].version if block.code in written else 0
        for block in BLOCKS.values()
        if block.of == kind
    }


def _work(kind: DocumentKind, rows: DocumentRows) -> Work | None:
    """The latest that the kind is about, with all the work there was up to then."""
    said = next((each for each in reversed(rows.measures) if each.kind is kind.measure), None)
    if said is None:
        return None
    done = [Work(each.done_on, each.text, each.amount_pence) for each in rows.measures if each.kind in WORK]
    return Work(said.done_on, said.text, said.amount_pence, done if kind.measure is MeasureKind.COST_NOTICE else ())


def _given(row: object) -> Given:
    return Given(**{field.name: getattr(row, field.name) for field in fields(Given)})


def _law(policy: Policy, day: date, offence_day: date) -> LawInFigures:
    values, known = policy.values, max(day, FIRST_DAY)
    return LawInFigures(
        appeal_days=values.number("cpn_appeal_days", known),
        cost_appeal_days=values.number("remedial_cost_appeal_days", known),
        breach_fine_pence=values.number("cpn_breach_fine", known),
        penalty_maximum_pence=maximum_penalty("cpn_breach", max(offence_day, FIRST_DAY), policy),
        grounds=tuple(GROUND_TITLES.values()),
    )
