"""The words of the monthly caseload e-mail."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from pathlib import Path

from flask import render_template

from asb_cases.domain.outbox import Letter
from asb_cases.domain.periods import Period
from asb_cases.domain.permissions import JOB, Actor, Role, Via
from asb_cases.queries.policy import Policy
from asb_cases.reports.caseload import Caseload, MonthFigures, caseload_of, month_figures

#: Its looks stand in one file: the e-mail carries it along, and the page with the preview links to it.
STYLES = Path(__file__).parent.parent / "static" / "email.css"


@dataclass(frozen=True)
class CaseloadLetters:
    """The e-mails of one month, all as it stood at one moment; what all managers are told is counted once."""

    of: Period
    now: datetime
    policy: Policy
    base_url: str

    def to(self, *, user_id: int, role: Role, team_id: int | None) -> Letter:
        """The one to a person, who is told what they would see."""
        reader = Actor(via=Via.JOB, user_id=user_id, role=role, team_id=team_id)
        figures = self._figures if role is Role.MANAGER else None
        found = caseload_of(reader, self.of, now=self.now, policy=self.policy, figures=figures)
        return caseload_letter(found, base_url=self.base_url)

    @cached_property
    def _figures(self) -> MonthFigures:
        return month_figures(self.of, JOB)


def caseload_letter(caseload: Caseload, *, base_url: str) -> Letter:
    """The e-mail of a caseload. Links lead to the pages, which ask who opens them."""
    given = {"caseload": caseload, "base": base_url}
    return Letter(
        "caseload",
        f"ASB cases: caseload for {caseload.month.label}",
        render_template("emails/caseload.txt", **given),
        render_template("emails/caseload.html", **given, styles=_styles()),
    )


@cache
def _styles() -> str:
    return STYLES.read_text(encoding="utf-8")
