"""Forms that describe a case, give it a priority, or give it to somebody."""

from collections.abc import Iterable

from asb_cases.models.category import Category
from asb_cases.models.user import Team, User
from asb_cases.queries.cases import Allocable
from asb_cases.queries.filter_options import Option
from asb_cases.web.forms import (
    CheckboxesField,
    Form,
    RadioField,
    SelectField,
    TextAreaField,
    TextField,
    VersionedForm,
)

PRIORITIES = (
    (1, "Violence, a serious threat, or crime. First response within hours of the clock."),
    (2, "Verbal abuse, or noise that goes on. First response within a few working days."),
    (3, "Disputes between neighbours, minor noise, most of what is found in the street."),
)


class DescriptionForm(VersionedForm):
    """What a case is about."""

    title = TextField("Title", required="Enter a title", size="s", hint="Without the name of anybody who complained.")
    summary = TextAreaField("Summary", rows=4, size="s")
    place = TextField("Where", size="s", autocomplete="off", hint="The address or the place, as you would write it.")
    ward_id = SelectField("Ward", blank="Not known", coerce=int, size="s")
    categories = CheckboxesField("What it is about", size="s", small=True)

    def offer(self, wards: Iterable[Option], in_use: Iterable[Category], its_own: Iterable[Category]) -> None:
        """Fill the lists. What the case is about already stays to be chosen, in use or not."""
        self.ward_id.choices = wards
        titles = {each.code: ("– " if each.parent_id else "") + each.title for each in in_use}
        titles |= {each.code: f"{each.title} (no longer in use)" for each in its_own if not each.active}
        self.categories.choices = titles.items()


class PriorityForm(VersionedForm):
    """Another priority, and why."""

    priority = RadioField(
        "Priority",
        required="Choose a priority",
        choices=[(str(number), f"Priority {number}", hint) for number, hint in PRIORITIES],
        coerce=int,
        size="s",
    )
    reason = TextAreaField("Why it is changed", rows=3, size="s")


class StartForm(VersionedForm):
    """No questions, only a button."""


def team_choices(teams: Iterable[Team]) -> list[tuple[str, str]]:
    """Teams as choices of a list."""
    return [(str(each.id), each.name) for each in teams]


def officer_choices(people: Iterable[User]) -> list[tuple[str, str]]:
    """Colleagues with their teams as choices of a list."""
    return [(str(each.id), f"{each.name} ({each.team.name})" if each.team else each.name) for each in people]


class AllocateForm(VersionedForm):
    """To whom a case is given."""

    team_id = SelectField("Team", blank="No team yet", coerce=int, size="s")
    owner_id = SelectField(
        "Officer", blank="Nobody yet", coerce=int, size="s", hint="Work on a new case starts with this."
    )

    def offer(self, teams: Iterable[Team], people: Iterable[User], now_with: tuple[int, str] | None = None) -> None:
        """Fill the lists. Whoever has the case now may have left."""
        self.team_id.choices = team_choices(teams)
        officers = officer_choices(people)
        if now_with and str(now_with[0]) not in {value for value, _ in officers}:
            officers.append((str(now_with[0]), f"{now_with[1]} (does not work cases now)"))
        self.owner_id.choices = officers


class AllocateSeveralForm(Form):
    """To whom several cases are given. A case is named with the version in which it was chosen."""

    cases = CheckboxesField("Cases", required="Choose at least one case", size="s", small=True)
    team_id = SelectField("Team", blank="No team yet", coerce=int, size="s")
    owner_id = SelectField("Officer", blank="Nobody yet", coerce=int, size="s")

    def offer(self, teams: Iterable[Team], people: Iterable[User], found: Iterable[Allocable]) -> None:
        """Fill the lists; tick what was chosen."""
        self.team_id.choices = team_choices(teams)
        self.owner_id.choices = officer_choices(people)
        sent = chosen_versions(self.cases.raw_data or ())
        rows = [(f"{each.id}-{sent.get(each.id, each.version)}", each) for each in found]
        self.cases.choices = [(token, f"{each.reference}: {each.title}", _with_whom(each)) for token, each in rows]
        if self.cases.raw_data is None:
            self.cases.data = [token for token, _ in rows]


def chosen_versions(tokens: Iterable[str]) -> dict[int, int]:
    """The cases that were ticked, each with its version. What is no such pair is left out."""
    pairs = (str(token).split("-") for token in tokens)
    return {int(pair[0]): int(pair[1]) for pair in pairs if len(pair) == 2 and all(map(_is_number, pair))}


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 9


def _with_whom(case: Allocable) -> str:
    return f"Now with {', '.join(filter(None, (case.owner, case.team))) or 'nobody'}"
