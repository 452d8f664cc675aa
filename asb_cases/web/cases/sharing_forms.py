"""Forms that let others see a case, or fewer."""

from collections.abc import Iterable

from asb_cases.models.partner_body import PartnerBody
from asb_cases.models.user import Team, User
from asb_cases.web.filters import words
from asb_cases.web.forms import CheckboxesField, DateField, Form, SelectField, TextAreaField, VersionedForm
from asb_cases.web.validators import NotBeforeField

TEAM, BODY = "team", "body"


class ShareForm(Form):
    """With whom, from when to when, and why."""

    share_with = SelectField(
        "Share with", blank="Choose a team or a partner", required="Choose a team or a partner", size="s"
    )
    from_on = DateField("From", size="s", hint="Today, if you leave it blank.", noun="First day")
    to_on = DateField(
        "Until",
        [NotBeforeField("from_on")],
        size="s",
        hint="The last day. Leave it blank to share until you end it.",
        noun="Last day",
    )
    reason = TextAreaField(
        "Why it is shared",
        required="Say why it is shared",
        rows=3,
        size="s",
        hint="The purpose, and what makes it lawful.",
    )

    def offer(self, teams: Iterable[Team], bodies: Iterable[PartnerBody]) -> None:
        """Fill the list."""
        self.share_with.choices = [
            *((f"{TEAM}-{each.id}", each.name) for each in teams),
            *((f"{BODY}-{each.id}", f"{each.name} (partner)") for each in bodies),
        ]

    def recipient(self) -> dict[str, int]:
        """The one chosen, as the act takes it."""
        kind, _, row_id = str(self.share_with.data).partition("-")
        return {"team_id" if kind == TEAM else "partner_body_id": int(row_id)}


class RestrictForm(VersionedForm):
    """Who may read a case, and why nobody else."""

    readers = CheckboxesField("Readers", required="Choose at least one reader", coerce=int, size="s", small=True)
    reason = TextAreaField("Why it is restricted", required="Say why it is restricted", rows=3, size="s")

    def offer(self, people: Iterable[User]) -> None:
        """Fill the list."""
        self.readers.choices = [(str(each.id), each.name, _what_they_are(each)) for each in people]


class LiftForm(Form):
    """Why a case is open again to those who work on it."""

    reason = TextAreaField("Why the restriction is lifted", required="Say why it is lifted", rows=3, size="s")


def _what_they_are(user: User) -> str:
    of = user.partner_body.name if user.partner_body else user.team.name if user.team else None
    return ", ".join(filter(None, (words(user.role), of, None if user.active else "account out of use")))
