"""What the lists of tasks, of clocks and of news can be narrowed by."""

from asb_cases.domain.clock_groups import GROUP_TITLES
from asb_cases.domain.permissions import Actor
from asb_cases.queries.deadline_list import DeadlineFilter
from asb_cases.queries.task_list import DONE, DUE_SOON, OVERDUE, TaskFilter
from asb_cases.web.forms import DateField, QueryForm, SelectField

EVERYBODY, MINE = "all", "mine"


class TaskFilterForm(QueryForm):
    """The filters beside the list of tasks."""

    whose = SelectField("Whose", blank="Yours", choices=[(EVERYBODY, "Everybody’s, in the cases you see")], size="s")
    when = SelectField(
        "When",
        blank="To be done",
        choices=[(OVERDUE, "Overdue"), (DUE_SOON, "Due within 7 days"), (DONE, "Done")],
        size="s",
    )

    def wanted(self, actor: Actor) -> TaskFilter:
        """What was asked for. An answer that could not be read narrows nothing."""
        self.validate()
        return TaskFilter(owner_id=None if self.whose.data == EVERYBODY else actor.user_id, when=self.when.data)


class DeadlineFilterForm(QueryForm):
    """The filters beside the list of clocks."""

    whose = SelectField("Whose", blank="All that you see", choices=[(MINE, "Of your own cases")], size="s")
    when = SelectField(
        "When",
        blank="All that run",
        choices=[
            ("overdue", "Overdue"),
            ("week", "Due or ending within 7 days"),
            ("month", "Due or ending within 28 days"),
            ("quarter", "Due or ending within 3 months"),
        ],
        size="s",
    )
    about = SelectField("About", blank="Everything", choices=list(GROUP_TITLES.items()), size="s")

    def wanted(self, actor: Actor) -> DeadlineFilter:
        """What was asked for. An answer that could not be read narrows nothing."""
        self.validate()
        owner_id = actor.user_id if self.whose.data == MINE else None
        return DeadlineFilter(when=self.when.data, about=self.about.data, owner_id=owner_id)


class NewsForm(QueryForm):
    """Since when."""

    since = DateField("Since", size="s", hint="")
    only = SelectField("Only", blank="Everything", choices=[("allocated", "Cases given to you")], size="s")
