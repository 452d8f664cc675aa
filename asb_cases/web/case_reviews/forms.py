"""What the list of case reviews can be narrowed by."""

from asb_cases.queries.case_review_pages import STAGES, CaseReviewFilter
from asb_cases.web.forms import DateField, QueryForm, SelectField
from asb_cases.web.validators import NotBeforeField


class CaseReviewFilterForm(QueryForm):
    """The filters beside the list."""

    stage = SelectField("Stage", blank="All", choices=[(code, title) for code, (title, _) in STAGES.items()], size="s")
    overdue = SelectField(
        "Overdue", blank="Any", choices=[("any", "Something is overdue"), ("letter", "A letter is overdue")], size="s"
    )
    applied_from = DateField("Applied from", size="s", hint="")
    applied_to = DateField("Applied to", [NotBeforeField("applied_from")], size="s", hint="")

    def wanted(self) -> CaseReviewFilter:
        """What was asked for. An answer that could not be read narrows nothing."""
        self.validate()
        return CaseReviewFilter(
            stage=self.stage.data,
            overdue=self.overdue.data,
            applied_from=self.applied_from.data,
            applied_to=None if self.applied_to.errors else self.applied_to.data,
        )
