"""What the register of people and bodies can be narrowed by."""

from asb_cases.domain.people import PersonKind
from asb_cases.web.filters import words
from asb_cases.web.forms import CheckboxesField, QueryForm


class PeopleFilterForm(QueryForm):
    """The filters beside the list. A name is looked for by searching, where it is known what may be logged."""

    kind = CheckboxesField(
        "Kind", choices=[(kind.value, words(kind.value)) for kind in PersonKind], size="s", small=True
    )
