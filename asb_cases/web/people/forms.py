"""What the register of people and bodies can be narrowed by, and what is asked about somebody."""

from asb_cases.domain.people import PersonKind
from asb_cases.web.filters import words
from asb_cases.web.forms import CheckboxesField, DateField, Form, QueryForm, TextAreaField


class PeopleFilterForm(QueryForm):
    """The filters beside the list. A name is looked for by searching, where it is known what may be logged."""

    kind = CheckboxesField(
        "Kind", choices=[(kind.value, words(kind.value)) for kind in PersonKind], size="s", small=True
    )


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
