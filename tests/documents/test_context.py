"""What a document says: what the law asks for, by the figures of its own day, and nobody who turned to the council."""

from dataclasses import fields
from datetime import date

import pytest
from flask import Flask, render_template

from asb_cases.documents.context import (
    LawInFigures,
    Recipient,
    SubjectDocument,
    council_words,
    names_in,
    subject_document,
)
from asb_cases.documents.kinds import KINDS, Standing, documents_of
from asb_cases.documents.statutory import FIXED_PENALTY, NOTICE_WILL_FOLLOW, SECTIONS_46_TO_51
from asb_cases.domain.breaches import BreachDecision
from asb_cases.domain.people import Part, PersonKind
from asb_cases.models.policy import PolicyValue
from asb_cases.queries.document_rows import document_rows, names_to_keep_out
from asb_cases.queries.not_found import NotFound
from asb_cases.queries.policy import policy_in_force
from asb_cases.services.draft_content import Told
from asb_cases.services.endings import withdraw
from asb_cases.services.payments import record_payment
from asb_cases.services.requirement_versions import Change
from asb_cases.services.variations import vary_notice
from tests.factories import (
    NOW,
    keep,
    make_complaint,
    make_contact,
    make_intervention,
    make_note,
    make_participant,
    make_person,
)
from tests.support.enforcement_track import DO, STOP, Track, at, content, day, make_track, step

#: Everything that a document to the subject can hold. A field for anybody else would have to be added here, knowingly.
FIELDS = {
    "title", "reference", "council", "recipient", "dated_on", "signed_on", "signed_by", "conduct", "limbs",
    "basis", "requirements", "comply_by", "review_on", "ends_on", "warned_on", "varied_on", "reason", "ended_on",
    "penalised", "work", "given", "received", "made_on", "law", "block", "block_version",
    "wording", "wording_versions",
}  # fmt: skip


def made(track: Track, step_id: int, kind: str, on: date | None = None) -> SubjectDocument:
    on = on or day(30)
    rows = document_rows(track.officer, step(step_id).reference, on)
    return subject_document(KINDS[kind], rows, "Oxbridge City Council", policy_in_force(), on)


def test_a_notice_says_what_section_43_asks(in_app: Flask) -> None:
    track = make_track()
    notice = track.notice(14, requirements=[STOP, DO])
    document = made(track, notice, "notice")
    assert document.conduct == content().conduct
    assert [text for _, text in document.limbs] == [
        content().detrimental_effect, content().persistent_or_continuing, content().unreasonable,
    ]  # fmt: skip
    assert [each.text for each in document.requirements] == [STOP.text, DO.text]
    assert document.warned_on == day(0)
    assert document.law.appeal_days == 21
    assert len(document.law.grounds) == 8
    assert document.block == "documents/statutory/sections_46_to_51.html"


def test_a_document_bears_the_day_of_its_signature(in_app: Flask) -> None:
    track = make_track()
    warning = track.draft_warning(0)
    assert made(track, warning, "warning").signed_on is None
    track.sign(warning, 0)
    assert made(track, warning, "warning").signed_on == day(0)


def test_a_penalty_says_what_section_52_asks(in_app: Flask) -> None:
    track = make_track()
    breach = track.breach(track.notice(14), 19)
    penalty = track.penalty(breach, 20, reduced_pence=6000, reduced_within_days=10)
    terms = made(track, penalty, "penalty").penalised
    assert terms is not None
    assert (terms.amount_pence, terms.reduced_pence, terms.reduced_until) == (10000, 6000, day(30))
    assert (terms.days, terms.last_day) == (14, day(34))
    assert [each.text for each in terms.requirements] == [STOP.text]
    another = track.breach(track.notice(40), 45)
    track.decide(another, BreachDecision.FPN, 46)
    draft = track.draft_penalty(another, 46)
    undated = made(track, draft, "penalty", day(46)).penalised
    assert undated is not None
    assert (undated.last_day, undated.reduced_until) == (None, None)


def test_the_certificate_of_payment_says_what_came_in_by_its_day(in_app: Flask) -> None:
    track = make_track()
    penalty = track.penalty(track.breach(track.notice(14), 19), 20)
    assert made(track, penalty, "payment").received == []
    record_payment(actor=track.officer, now=at(25), intervention_id=penalty, paid_on=day(24), amount_pence=4000)
    certificate = made(track, penalty, "payment")
    assert [(each.paid_on, each.amount) for each in certificate.received] == [(day(24), 4000)]
    assert certificate.made_on == day(30)


def test_each_is_told_the_fine_that_section_48_has_for_them(in_app: Flask) -> None:
    """Whoever occupies premises may be an individual or a body, so that both are told (s.48(2))."""
    law = LawInFigures(21, 21, 250000, 10000, ())
    words = council_words("Oxbridge City Council", policy_in_force().values, day(0))
    told = {
        PersonKind.INDIVIDUAL: ["£2,500"],
        PersonKind.BODY: ["without limit"],
        PersonKind.OCCUPIER: ["£2,500", "without limit"],
    }
    for kind, fines in told.items():
        recipient = Recipient("A", None, is_body=kind is PersonKind.BODY, is_unnamed=kind is PersonKind.OCCUPIER)
        document = {"recipient": recipient, "law": law, "council": words, "penalised": {"days": 14}}
        for block in (SECTIONS_46_TO_51, NOTICE_WILL_FOLLOW, FIXED_PENALTY):
            text = render_template(block.template, document=document)
            assert [each for each in ("£2,500", "without limit") if each in text] == fines, block.file


def test_a_document_keeps_the_words_of_its_own_day(in_app: Flask) -> None:
    track = make_track()
    notice = track.notice(14)
    for from_on, court in ((day(0), "Old Court, High Street"), (day(20), "New Court, Low Street")):
        value = {"code": "letter_appeal_court", "value": court, "source": "A test", "entered_at": NOW}
        keep(PolicyValue(from_on=from_on, **value))
    assert made(track, notice, "notice").council.appeal_court == "Old Court, High Street"
    assert made(track, notice, "service").council.appeal_court == "New Court, Low Street"


def test_a_variation_says_what_became_of_each_requirement_and_why(in_app: Flask) -> None:
    track = make_track()
    notice = track.notice(14, requirements=[STOP, DO])
    vary_notice(
        actor=track.manager, now=at(20), intervention_id=notice, reason="The sofa is gone", taken_away=[2],
        changes=[Change("Stop playing music after ten at night at 4 Rose Lane.", number=1)], cautions_reason="Told by Mrs X",
        ends_on=day(100),
    )  # fmt: skip
    document = made(track, notice, "variation")
    assert [(each.number, each.change) for each in document.requirements] == [(1, "In new words"), (2, "Taken away")]
    assert (document.reason, document.varied_on) == ("The sofa is gone", day(20))
    as_given = made(track, notice, "notice")
    assert [each.text for each in as_given.requirements] == [STOP.text, DO.text]
    assert (as_given.ends_on, document.ends_on) == (day(14 + 365), day(100)), "a reprint says what was given"


def test_the_certificate_says_how_it_was_given(in_app: Flask) -> None:
    track = make_track()
    notice = track.draft_notice(track.warn(0), 14)
    track.sign(notice, 14, reason="As it is")
    track.give(notice, 14, address="4 Rose Lane", witness="PC Ferngate", note="Read out")
    (given,) = made(track, notice, "service").given
    assert (given.given_on, given.address) == (day(14), "4 Rose Lane")
    assert (given.witness, given.note) == ("PC Ferngate", "Read out")
    assert given.given_at == at(14, 11)


def test_a_document_to_the_subject_can_hold_nobody_else() -> None:
    assert {field.name for field in fields(SubjectDocument)} == FIELDS


@pytest.mark.parametrize("kind", ["notice", "service", "withdrawal"])
def test_nobody_who_turned_to_us_reaches_a_document(in_app: Flask, kind: str) -> None:
    track = make_track()
    secret = "Xqzprotected"
    for part in (Part.COMPLAINANT, Part.VICTIM, Part.WITNESS, Part.PROFESSIONAL, Part.PARENT_GUARDIAN):
        make_participant(track.case, make_person(f"{secret} {part}"), part)
    complaint = make_complaint(
        case=track.case, complainant=make_person(f"{secret} complained"), description=f"{secret} heard it"
    )
    make_note(track.case, text=f"{secret} rang")
    make_contact(track.case, told=f"{secret} was told")
    warned = track.warn(0)
    evidence = list(content().evidence)
    notice = track.draft_notice(
        warned, 14, consultees=[Told(f"{secret} consulted", day(13), f"{secret} agreed")],
        evidence=[*evidence, type(evidence[0])("unreasonable", f"{secret}’s diary", complaint_id=complaint.id)],
        enough_time_reason=f"{secret} heard it since", screening=f"{secret} asked about health",
    )  # fmt: skip
    track.sign(notice, 14, reason=f"{secret} is at risk")
    track.give(notice, 14)
    told = {"recipient_told": True, "victim_told": True}
    withdraw(actor=track.manager, now=at(20), intervention_id=notice, reason="Wrong address", **told)
    assert secret not in repr(made(track, notice, kind))


def test_a_name_that_was_typed_into_it_is_pointed_out(in_app: Flask) -> None:
    track = make_track()
    make_participant(track.case, make_person("Wilhelmina Quennell"), Part.COMPLAINANT)
    make_participant(track.case, make_person("Ann Lee"), Part.WITNESS)
    make_participant(track.case, track.subject, Part.VICTIM)
    kept_out = names_to_keep_out(track.case.id, track.subject.id)
    assert set(kept_out) == {"Wilhelmina Quennell", "Ann Lee"}
    notice = track.notice(14, unreasonable="It went on after MRS QUENNELL, who is asleep by ten, had asked twice.")
    assert names_in(made(track, notice, "notice"), kept_out) == ["Wilhelmina Quennell"]
    other = track.notice(40, unreasonable="It went on leeward of the wall.")
    assert names_in(made(track, other, "notice", day(50)), kept_out) == []


def test_what_another_body_gave_or_an_old_register_brought_is_not_ours_to_print(in_app: Flask) -> None:
    track = make_track()
    police = make_intervention("CPW", case=track.case, subject=track.subject, issued_by_body="Police")
    with pytest.raises(NotFound):
        document_rows(track.officer, police.reference, day(30))


@pytest.mark.parametrize(
    ("standing", "codes"),
    [
        (Standing("CPW", "draft", was_given=False, varied=False, served=False), ["warning"]),
        (Standing("CPN", "in_force", was_given=True, varied=True, served=True), ["notice", "variation", "service"]),
        (Standing("CPN", "discharged", was_given=True, varied=False, served=True), ["notice", "discharge", "service"]),
        (Standing("CPN", "withdrawn", was_given=False, varied=False, served=False), ["notice"]),
        (Standing("FPN", "draft", was_given=False, varied=False, served=False), ["penalty"]),
        (
            Standing("FPN", "cancelled", was_given=True, varied=False, served=False),
            ["penalty", "withdrawal", "payment"],
        ),
        (Standing("PROSECUTION", "laid", was_given=True, varied=False, served=False), []),
    ],
)
def test_which_documents_there_are(standing: Standing, codes: list[str]) -> None:
    assert [kind.code for kind in documents_of(standing)] == codes
