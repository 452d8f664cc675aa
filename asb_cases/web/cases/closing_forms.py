"""Forms that end a case, or open it again."""

from asb_cases.domain.closing import OUTCOMES
from asb_cases.web.forms import CautiousForm, DateField, Form, RadioField, TextAreaField, VersionedForm


class CloseForm(CautiousForm):
    """What came of a case."""

    closure_outcome = RadioField(
        "What came of it", required="Say what came of it", choices=OUTCOMES.items(), size="s", small=True
    )
    closure_reason = TextAreaField(
        "Why it is closed",
        required="Say why it is closed",
        rows=4,
        size="s",
        hint="In words that the person who complained could read.",
    )
    closure_told = TextAreaField(
        "What the people who complained were told",
        rows=4,
        size="s",
        hint="Who was told, how and what: also how to ask for an ASB case review (Community Trigger), and what to do if it "
        "begins again.",
    )
    notice_review_on = DateField(
        "Look at it again on",
        size="s",
        noun="Review date",
        hint="The notice stays in force: somebody checks that it is kept.",
    )


class ReopenForm(VersionedForm):
    """What has come up."""

    reason = TextAreaField("What has come up", required="Say what has come up", rows=4, size="s")


class CaseInErrorForm(Form):
    """Why a case is a mistake."""

    reason = TextAreaField("Why it is a mistake", required="Say why it is a mistake", rows=3, size="s")
