"""How somebody wants to be contacted, what they need, and what staff must know before they go."""

from asb_cases.domain.contact_preferences import NEED_TITLES, WAY_TITLES, ContactWay, NeedKind, Preferences
from asb_cases.web.forms import (
    CheckboxesField,
    DateField,
    Form,
    RadioField,
    SelectField,
    TextAreaField,
    TextField,
    TickField,
    VersionedForm,
)
from asb_cases.web.validators import NotInFuture

WAYS = [(way.value, title) for way, title in WAY_TITLES.items()]


class PreferencesForm(VersionedForm):
    """How somebody wants to be contacted. `version` is the id of the entry that holds now, 0 where there is none."""

    preferred = SelectField("Best way to contact them", blank="No preference", choices=WAYS, coerce=ContactWay)
    times = TextField("Best times", hint="For example, weekdays after 6pm, or not on Fridays.")
    not_by = CheckboxesField(
        "Do not contact them by", choices=WAYS, coerce=ContactWay, small=True, hint="Tick all that apply."
    )
    not_by_because = TextField("Why not", hint="For example, the subject of the case opens the post.", max_length=300)
    language = TextField(
        "Language", hint="Where it is not English. For example, Polish, British Sign Language.", width=20
    )
    interpreter = TickField("They need an interpreter")

    @property
    def preferences(self) -> Preferences:
        """The answers, as the act takes them."""
        return Preferences(
            preferred=self.preferred.data,
            times=self.times.data,
            language=self.language.data,
            interpreter=self.interpreter.data,
            not_by=frozenset(self.not_by.data or ()),
            not_by_because=self.not_by_because.data,
        )


class NeedForm(Form):
    """One need of somebody."""

    kind = RadioField(
        "What sort of need",
        required="Choose what sort of need it is",
        choices=[
            (
                NeedKind.ADJUSTMENT.value,
                NEED_TITLES[NeedKind.ADJUSTMENT],
                "What we do differently. For example, large print.",
            ),
            (
                NeedKind.VULNERABILITY.value,
                NEED_TITLES[NeedKind.VULNERABILITY],
                "What puts them at greater risk, or makes things harder for them.",
            ),
        ],
        coerce=NeedKind,
    )
    text = TextAreaField(
        "What it is",
        required="Say what it is",
        hint="Only what we need in order to act on it. The person may ask to read it.",
        rows=4,
        max_length=2000,
    )
    from_on = DateField("Since when", [NotInFuture()], noun="First day", hint="Today, if you leave it blank.")


class EndNeedForm(Form):
    """That a need is over."""

    reason = TextAreaField("Why it is over", required="Say why it is over", rows=3, max_length=2000)
    to_on = DateField("Last day", [NotInFuture()], hint="Today, if you leave it blank.")


class ContactWarningForm(Form):
    """What staff must know before any contact with somebody."""

    precautions = TextAreaField(
        "What staff are to do",
        required="Say what staff are to do",
        hint="For example: visit in pairs, telephone first, meet at the office.",
        rows=3,
        max_length=1000,
    )
    reason = TextAreaField(
        "What happened",
        required="Say what happened",
        hint="Facts only: what was said or done, when, and to whom. The person may ask to read it.",
        max_length=2000,
    )
    review_on = DateField(
        "Review by",
        required="Enter the date by which somebody reviews it",
        noun="Review date",
        hint="Within a year. For example, 27 3 2027.",
    )


class EndContactWarningForm(Form):
    """Why a warning no longer holds."""

    reason = TextAreaField(
        "Why it no longer holds", required="Say why the warning no longer holds", rows=3, max_length=2000
    )
