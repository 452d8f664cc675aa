"""What the register of people and bodies can be narrowed by, and what is asked about somebody."""

from typing import Any

from asb_cases.domain.people import PersonKind
from asb_cases.services.people import Details
from asb_cases.web.filters import words
from asb_cases.web.forms import (
    CautiousForm,
    CheckboxesField,
    DateField,
    EmailField,
    Form,
    QueryForm,
    RadioField,
    TextAreaField,
    TextField,
    VersionedForm,
    VersionField,
)
from asb_cases.web.people.choosing import FindForm, WhoForm
from asb_cases.web.validators import EmailAddress, NotBeforeField, NotInFuture

#: What each kind is, for whoever records one.
KINDS = {
    PersonKind.INDIVIDUAL: "",
    PersonKind.BODY: "",
    PersonKind.OCCUPIER: "Of premises, where nobody’s name is known. For example, The occupier of 4 Rose Lane.",
    PersonKind.OWNER: "Of premises, where nobody’s name is known.",
}


class PeopleFilterForm(QueryForm):
    """The filters beside the list. A name is looked for by searching, where it is known what may be logged."""

    kind = CheckboxesField(
        "Kind", choices=[(kind.value, words(kind.value)) for kind in PersonKind], size="s", small=True
    )


class DetailsForm(Form):
    """What is recorded of a person or body. What belongs to another kind is left out when it is saved."""

    kind = RadioField(
        "What they are",
        required="Choose what they are",
        choices=[(kind.value, words(kind), hint) for kind, hint in KINDS.items()],
        coerce=PersonKind,
        default=PersonKind.INDIVIDUAL,
    )
    name = TextField("Name", required="Enter their name", autocomplete="off", spellcheck=False)
    phone = TextField("Telephone number", width=20, input_type="tel", autocomplete="off", max_length=60)
    email = EmailField("Email address", [EmailAddress()], autocomplete="off")
    born_on = DateField(
        "Date of birth", [NotInFuture()], hint="Of an individual, where it is known. For example, 27 3 1985."
    )
    believed_16_or_over_because = TextField(
        "Why they are believed to be 16 or over",
        hint="Of an individual whose date of birth is not known. A notice to somebody under 16 would be void (2014 Act,"
        " section 43). For example, a driver, or the tenant.",
        max_length=300,
    )
    company_number = TextField("Company number", hint="Of a company.", width=10, autocomplete="off", max_length=20)

    @property
    def details(self) -> Details:
        """The answers, as the act takes them."""
        return Details(
            name=self.name.data,
            kind=self.kind.data,
            born_on=self.born_on.data,
            believed_16_or_over_because=self.believed_16_or_over_because.data,
            company_number=self.company_number.data,
            email=self.email.data,
            phone=self.phone.data,
        )


class NewPersonForm(WhoForm, DetailsForm):
    """Somebody new, unless they are recorded already."""

    address = TextField("Address", hint="Where they live or are based, with the postcode.", autocomplete="off")
    address_from = DateField("Since when", [NotInFuture()], noun="First day at the address", hint="If you know it.")


class ChangePersonForm(VersionedForm, DetailsForm):
    """Somebody as recorded, to be changed."""


class AddressForm(Form):
    """One more address of somebody."""

    address = TextField("Address", required="Enter the address", hint="With the postcode.", autocomplete="off")
    from_on = DateField("First day there", [NotInFuture()], hint="If you know it. For example, 27 3 2026.")
    to_on = DateField("Last day there", [NotBeforeField("from_on")], hint="Only where they have left, or will.")


class EndAddressForm(Form):
    """That somebody left an address."""

    to_on = DateField("Last day there", required="Enter the last day there")


class IdentifyForm(VersionedForm, FindForm):
    """Whom the occupier or owner of premises turned out to be."""

    identified_on = DateField("When it became known", [NotInFuture()], hint="Today, if you leave it blank.")
    identified_because = TextAreaField("How it is known", rows=3, hint="For example, from the tenancy agreement.")


class MergeForm(CautiousForm):
    """Which of two records of one person is kept. `version` is that of the person whose page one came from."""

    other_version = VersionField()
    kept = RadioField("Which record is kept", required="Choose which record is kept", coerce=int)
    reason = TextAreaField("Why they are one person", required="Say why they are one person", rows=3, max_length=2000)


class ReasonForm(VersionedForm):
    """Why something that was recorded is taken back."""

    reason = TextAreaField("Why", required="Say why", rows=3, max_length=2000)

    def __init__(self, *arguments: Any, question: str = "Why", **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.reason.label.text = question
