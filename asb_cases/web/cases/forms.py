"""What the list of cases can be narrowed by, and what is asked of whoever opens a restricted one."""

from asb_cases.adapters.time import this_minute, today
from asb_cases.domain.workflow import TITLES
from asb_cases.queries.case_list import CaseFilter
from asb_cases.queries.filter_options import Options
from asb_cases.queries.policy import no_contact_from, policy_in_force
from asb_cases.web.forms import CheckboxesField, DateField, Form, QueryForm, SelectField, TextAreaField, TextField
from asb_cases.web.validators import NotBeforeField

PRIORITIES = [(str(number), f"Priority {number}") for number in (1, 2, 3)]
EVERY = "All"
NOTICE, RESTRICTED, UNALLOCATED, OVERDUE = "notice_in_force", "restricted", "unallocated", "overdue"
NO_CONTACT = "no_contact"
ONLY = [
    (NOTICE, "With a notice in force"),
    (OVERDUE, "With something overdue"),
    (NO_CONTACT, "Without recent contact"),
    (UNALLOCATED, "Without an officer"),
    (RESTRICTED, "Restricted"),
]


class CaseFilterForm(QueryForm):
    """The filters beside the list."""

    status = CheckboxesField(
        "Status", choices=[(code.value, title) for code, title in TITLES.items()], size="s", small=True
    )
    only = CheckboxesField("Only those", choices=ONLY, size="s", small=True)
    priority = CheckboxesField("Priority", choices=PRIORITIES, coerce=int, size="s", small=True)
    category = SelectField("Category", blank=EVERY, coerce=int, size="s")
    ward = SelectField("Ward", blank=EVERY, coerce=int, size="s")
    team = SelectField("Team", blank=EVERY, coerce=int, size="s")
    officer = SelectField("Officer", blank=EVERY, coerce=int, size="s")
    opened_from = DateField("Opened from", size="s", hint="")
    opened_to = DateField("Opened to", [NotBeforeField("opened_from")], size="s", hint="")

    def offer(self, options: Options) -> None:
        """Fill the lists to choose from."""
        self.category.choices = options.category
        self.ward.choices = options.ward
        self.team.choices = options.team
        self.officer.choices = options.officer

    def wanted(self) -> CaseFilter:
        """What was asked for. An answer that could not be read narrows nothing."""
        self.validate()
        only = self.only.data or ()
        return CaseFilter(
            statuses=tuple(self.status.data or ()),
            priorities=tuple(self.priority.data or ()),
            category_id=self.category.data,
            ward_id=self.ward.data,
            team_id=self.team.data,
            owner_id=self.officer.data,
            opened_from=self.opened_from.data,
            opened_to=None if self.opened_to.errors else self.opened_to.data,
            notice_in_force=NOTICE in only,
            restricted=RESTRICTED in only,
            unallocated=UNALLOCATED in only,
            overdue_at=this_minute() if OVERDUE in only else None,
            no_contact_since=no_contact_from(policy_in_force(), today()) if NO_CONTACT in only else None,
        )


class OpenRestrictedForm(Form):
    """Which restricted case, and why."""

    reference = TextField(
        "Reference of the case",
        required="Enter the reference of the case",
        hint="For example, ASB-2026-000123.",
        width=20,
        autocomplete="off",
        spellcheck=False,
    )
    reason = TextAreaField("Why you need to open it", required="Say why you need to open it")
