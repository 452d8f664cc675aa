"""Forms of the steps of an application for a case review."""

from collections.abc import Iterable

from wtforms import Form as PlainForm

from asb_cases.domain.case_review import ThresholdDecision
from asb_cases.domain.case_review_application import ApplicantRole, ApplicationChannel, VictimConsent
from asb_cases.domain.case_review_count import GROUND_TITLES, Ground
from asb_cases.domain.case_review_meeting import BodyView, Involvement, Regard
from asb_cases.domain.case_review_steps import EscalationOutcome
from asb_cases.domain.contact_preferences import ContactWay
from asb_cases.web.filters import words
from asb_cases.web.forms import (
    CautiousForm,
    CheckboxesField,
    DateField,
    EmailField,
    Form,
    RadioField,
    RowsField,
    SelectField,
    TextAreaField,
    TextField,
    VersionedForm,
)
from asb_cases.web.validators import EmailAddress, NotInFuture

#: Ways by which staff take an application in: the website's comes by itself.
BY_STAFF = (
    ApplicationChannel.PHONE, ApplicationChannel.LETTER, ApplicationChannel.IN_PERSON, ApplicationChannel.EMAIL,
)  # fmt: skip
ROLES = {
    ApplicantRole.VICTIM: "The victim",
    ApplicantRole.RELATIVE: "A relative",
    ApplicantRole.FRIEND: "A friend",
    ApplicantRole.COUNCILLOR: "A councillor",
    ApplicantRole.MP: "A member of parliament",
    ApplicantRole.PROFESSIONAL: "A professional who helps them",
    ApplicantRole.OTHER: "Somebody else",
}
CONSENTS = {VictimConsent.YES: "Yes", VictimConsent.NO: "No", VictimConsent.NOT_ASKED: "Not asked yet"}
INVOLVED = {
    Involvement.ATTENDS: "They come to the review",
    Involvement.REPRESENTATIVE: "Somebody comes for them",
    Involvement.IN_WRITING: "They put it in writing",
    Involvement.DECLINES: "They do not wish to take part",
    Involvement.NO_ANSWER: "They have not answered yet",
}
VIEWS = {
    BodyView.AGREES: "It agrees with what is to be decided",
    BodyView.DISAGREES: "It disagrees",
    BodyView.NO_VIEW: "It has no view",
}
REGARDS = {
    Regard.ACCEPTED: "Accepted",
    Regard.IN_PART: "Accepted in part",
    Regard.NOT_ACCEPTED: "Not accepted",
}
OUTCOMES = {
    EscalationOutcome.NOT_UPHELD: ("Not upheld", "What was decided stands."),
    EscalationOutcome.UPHELD: ("Upheld", "It is decided, or reviewed, again."),
    EscalationOutcome.REMITTED: ("Sent back", "It is decided, or reviewed, again as they say."),
}


class ReceiveForm(Form):
    """An application that came by telephone, letter, e-mail or in person."""

    applied_on = DateField(
        "Day it was made",
        [NotInFuture()],
        required="Enter the day it was made",
        noun="Day of the application",
        hint="Its clocks run from this day, whatever the victim’s consent.",
    )
    channel = RadioField(
        "How it was made",
        required="Choose how it was made",
        choices=[(each.value, words(each.value)) for each in BY_STAFF],
        coerce=ApplicationChannel,
        small=True,
    )
    applicant_id = SelectField("Applicant, if named in the case", blank="Somebody else, named below", coerce=int)
    contact_name = TextField("Name of the applicant", max_length=200)
    contact_phone = TextField("Telephone number", max_length=60)
    contact_email = EmailField("Email address", [EmailAddress()])
    contact_address = TextAreaField("Address", rows=3, max_length=500)
    safe_contact = TextField("How they can be reached without harm", max_length=500)
    applicant_role = RadioField(
        "Who the applicant is",
        required="Choose who the applicant is",
        choices=[(code.value, title) for code, title in ROLES.items()],
        coerce=ApplicantRole,
        hint="Anybody may apply for the victim (section 104(1)).",
        small=True,
    )
    on_behalf_of = TextField("Name of the victim, where they are not the applicant", max_length=200)
    victim_consent = RadioField(
        "Does the victim agree that the applicant is told about it?",
        choices=[(code.value, title) for code, title in CONSENTS.items()],
        coerce=VictimConsent,
        hint="Governs only what the applicant is told.",
        small=True,
    )
    words = TextAreaField("What they say has happened", rows=5, max_length=8000)
    effect = TextAreaField("What it does to them", rows=3, max_length=8000)

    def offer(self, people: Iterable[tuple[str, str]]) -> None:
        """Fill in those whom the case names; without any, nobody is chosen."""
        self.applicant_id.choices = list(people)
        if not self.applicant_id.choices:
            del self.applicant_id


class LinkForm(VersionedForm):
    """What an application is about: a case, and complaints besides those of that case."""

    case_id = RadioField("The case it is about", coerce=int, small=True)
    case_reference = TextField("Or the reference of another case", hint="For example, ASB-2026-000123.", max_length=60)
    applicant_id = RadioField("The applicant in the register", coerce=int, small=True)
    complaint_ids = CheckboxesField("Complaints that may be about this behaviour", coerce=int, small=True)


class ElsewhereForm(VersionedForm):
    """A complaint that was made to the police, a landlord or another body."""

    body = TextField("Made to", required="Enter the body it was made to", hint="For example, Thames Valley Police.")
    complainant = TextField("Who complained")
    occurred_on = DateField(
        "Day of the behaviour", [NotInFuture()], hint="Leave it blank if it is not known: it is asked about."
    )
    made_on = DateField("Day the complaint was made", [NotInFuture()], hint="Leave it blank if it is not known.")
    incident = TextField("Which incident it is about", hint="One person’s complaints about one incident count once.")
    description = TextAreaField("What was complained of", rows=4, max_length=8000)


class DescribeForm(VersionedForm):
    """Which incident a complaint is about, and its dates as far as they were found out."""

    incident = TextField(
        "Which incident it is about",
        hint="Write the same words for complaints by one person about one incident: they count once (section 104(12)).",
    )
    occurred_on = DateField("Day of the behaviour", [NotInFuture()])
    made_on = DateField("Day the complaint was made", [NotInFuture()])


class SetAsideForm(Form):
    """That a complaint does not count."""

    ground = RadioField(
        "Why it does not count",
        required="Choose why it does not count",
        choices=[(code.value, title) for code, title in GROUND_TITLES.items()],
        coerce=Ground,
    )
    reason = TextAreaField("What shows it", required="Say what shows that it does not count", rows=4, max_length=4000)


class ReasonForm(VersionedForm):
    """Why."""

    reason = TextAreaField("Why", required="Say why", rows=4, max_length=4000)


class ButtonForm(VersionedForm):
    """No questions, only a button."""


class LetterSentForm(VersionedForm):
    """That a letter was sent."""

    sent_on = DateField(
        "Day it was sent", [NotInFuture()], required="Enter the day it was sent", noun="Day it was sent"
    )
    way = RadioField(
        "How it was sent",
        required="Choose how it was sent",
        choices=[(way.value, words(way.value)) for way in (ContactWay.LETTER, ContactWay.EMAIL, ContactWay.IN_PERSON)],
        coerce=ContactWay,
        small=True,
    )


class PassOnForm(VersionedForm):
    """That the application was passed to relevant bodies."""

    body_ids = CheckboxesField("Passed to", required="Choose at least one body", coerce=int)
    sent_on = DateField("Day it was passed on", [NotInFuture()], required="Enter the day", noun="Day it was passed on")
    how = TextField("How", required="Say how it was passed on", hint="For example, by secure e-mail.")
    proof = TextField(
        "What shows it", required="Say what shows it", hint="For example, where the sent copy or the receipt is kept."
    )
    asked = TextAreaField(
        "What each is asked",
        rows=3,
        max_length=4000,
        hint="A request for information is complied with unless unlawful (Sch. 4).",
    )


class ChaseForm(VersionedForm):
    """That somebody was reminded."""

    on = DateField("Day they were reminded", [NotInFuture()], required="Enter the day", noun="Day of the reminder")


class AnswerForm(VersionedForm):
    """What a relevant body answered."""

    on = DateField(
        "Day of the answer", [NotInFuture()], required="Enter the day of the answer", noun="Day of the answer"
    )
    view = RadioField(
        "Its view of the decision",
        required="Choose its view",
        choices=[(code.value, title) for code, title in VIEWS.items()],
        coerce=BodyView,
        small=True,
    )
    view_said = TextAreaField("In its words", rows=3, max_length=4000, hint="Needed where it disagrees.")
    knew_and_did = TextAreaField("What it knew and did, and when", rows=5, max_length=8000)


class DecideForm(CautiousForm):
    """The relevant bodies' decision."""

    decision = RadioField("Is the threshold met?", required="Choose whether it is met", coerce=ThresholdDecision)
    decided_on = DateField(
        "Day of the decision", [NotInFuture()], required="Enter the day of the decision", noun="Day of the decision"
    )
    persistence = TextAreaField("How persistent the behaviour is", rows=3, max_length=4000)
    harm = TextAreaField("What harm it did, or could do", rows=3, max_length=4000)
    response = TextAreaField("How adequate the response was", rows=3, max_length=4000)
    reason = TextAreaField("What else is to be said", rows=3, max_length=4000)


class AskedRow(PlainForm):
    """Somebody asked to the review."""

    name = TextField("Name")
    body = TextField("Of which body")


class ArrangeForm(VersionedForm):
    """How the review is arranged."""

    planned_on = DateField("Day of the review", noun="Day of the review")
    chair = TextField("Who chairs it", required="Name the chair")
    independent = RadioField(
        "Is the chair independent of those who worked on the case?",
        required="Choose whether the chair is independent",
        choices=[("yes", "Yes"), ("no", "No", "Say why below.")],
        inline=False,
        small=True,
    )
    chair_because = TextAreaField("Why nobody independent chairs it", rows=2, max_length=2000)
    asked = RowsField("Who is asked to it", row=AskedRow, noun="person")
    victim_invited_on = DateField("Day the victim, or somebody for them, was invited", [NotInFuture()])
    victim_choice = RadioField(
        "How they take part",
        choices=[(code.value, title) for code, title in INVOLVED.items()],
        coerce=Involvement,
        small=True,
    )
    representative = TextField("Who comes for them or with them")
    risk_assessed_on = DateField("Day the risk to them was assessed again", [NotInFuture()])
    risk_note = TextAreaField("What that came to", rows=2, max_length=2000)


class HoldForm(CautiousForm):
    """That the review was held."""

    held_on = DateField(
        "Day of the review", [NotInFuture()], required="Enter the day of the review", noun="Day of the review"
    )
    attended = CheckboxesField("Who came", coerce=int, small=True)
    minutes = TextAreaField("Minutes", required="Write what was said and decided", rows=8, max_length=20000)


class RecommendForm(VersionedForm):
    """A recommendation."""

    addressee = TextField(
        "To whom", required="Say to whom it is made", hint="A body that has public functions must have regard to it."
    )
    text = TextAreaField("What is recommended", required="Say what is recommended", rows=4, max_length=4000)
    due_on = DateField("Answer by", hint="They are reminded by a clock.")


class RegardForm(VersionedForm):
    """What whoever a recommendation is to answered."""

    on = DateField(
        "Day of the answer", [NotInFuture()], required="Enter the day of the answer", noun="Day of the answer"
    )
    regard = RadioField(
        "What they answered",
        required="Choose what they answered",
        choices=[(code.value, title) for code, title in REGARDS.items()],
        coerce=Regard,
        small=True,
    )
    answer = TextAreaField("In their words", required="Say what they answered", rows=4, max_length=4000)


class ActionForm(VersionedForm):
    """An action of the plan."""

    text = TextField("What is to be done", required="Say what is to be done")
    owner = TextField("Who does it", required="Say who does it")
    due_on = DateField("By when")


class FollowUpForm(VersionedForm):
    """What became of an action."""

    on = DateField(
        "Day",
        [NotInFuture()],
        required="Enter the day",
        hint="The day it was done or, if it is not, that they were reminded.",
    )
    evidence = TextAreaField(
        "What shows that it is done", rows=3, max_length=4000, hint="Leave it blank to record a reminder."
    )


class PlanToldForm(VersionedForm):
    """That the victim was asked about the plan."""

    on = DateField("Day they were asked", [NotInFuture()], required="Enter the day", noun="Day they were asked")
    said = TextAreaField("What they said", required="Say what they said", rows=4, max_length=4000)


class OutcomeForm(LetterSentForm, CautiousForm):
    """That the outcome was sent."""

    no_recommendations_because = TextAreaField("Why there is no recommendation", rows=3, max_length=4000)


class CloseForm(CautiousForm):
    """That everything is seen through."""


class WithdrawForm(VersionedForm):
    """That the applicant withdrew."""

    withdrawn_on = DateField(
        "Day they withdrew", [NotInFuture()], required="Enter the day", noun="Day of the withdrawal"
    )
    reason = TextAreaField("In their words", required="Say what they said", rows=4, max_length=4000)


class EscalateForm(VersionedForm):
    """That the applicant takes it further."""

    asked_on = DateField("Day they asked", [NotInFuture()], required="Enter the day they asked", noun="Day they asked")
    asks = TextAreaField(
        "With what they are not satisfied", required="Say with what they are not satisfied", rows=4, max_length=4000
    )
    route = TextField(
        "Who decides it",
        required="Say who decides it",
        hint="The local policing body, where it hears these, or a senior officer who had no part in it.",
    )


class EscalationDecidedForm(VersionedForm):
    """What was decided of what was taken further."""

    decided_on = DateField("Day it was decided", [NotInFuture()], required="Enter the day", noun="Day it was decided")
    outcome = RadioField(
        "What was decided",
        required="Choose what was decided",
        choices=[(code.value, *told) for code, told in OUTCOMES.items()],
        coerce=EscalationOutcome,
    )
    finding = TextAreaField("What was found", required="Say what was found", rows=4, max_length=4000)


class ExplainForm(Form):
    """That the case review was explained to somebody who complained again."""

    on = DateField("Day it was explained", [NotInFuture()], required="Enter the day", noun="Day it was explained")
    way = RadioField(
        "How",
        required="Choose how",
        choices=[(way.value, words(way.value)) for way in ContactWay],
        coerce=ContactWay,
        small=True,
    )
    proof = TextField(
        "What shows it",
        required="Say what shows it",
        hint="For example, the letter of that day, or a note of the call.",
    )
