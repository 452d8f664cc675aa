"""Several people at the same moment: nothing is lost, no number is given twice, one place stays one address."""

from concurrent.futures import ThreadPoolExecutor

from flask import Flask
from sqlalchemy import func, select

from asb_cases.domain.complaints import Channel
from asb_cases.domain.permissions import CONSOLE
from asb_cases.extensions import db
from asb_cases.models.case import Case
from asb_cases.models.complaint import Complaint
from asb_cases.models.history import HistoryEntry
from asb_cases.models.place import Address
from asb_cases.services.cases import Description
from asb_cases.services.complaints import log_complaint
from asb_cases.services.told import Told
from asb_cases.services.triage import open_case_from_complaint
from tests.factories import NOW

WRITERS, ACTS = 6, 4


def test_at_once(app: Flask) -> None:
    def work(writer: int) -> None:
        with app.app_context():
            for number in range(ACTS):
                told = Told(f"Music {writer} {number}", Channel.PHONE, NOW, place="1 Example Street")
                complaint_id = log_complaint(actor=CONSOLE, now=NOW, told=told)
                open_case_from_complaint(
                    actor=CONSOLE, now=NOW, complaint_id=complaint_id, description=Description("Music"), priority=2
                )

    with ThreadPoolExecutor(WRITERS) as people:
        list(people.map(work, range(WRITERS)))
    with app.app_context():
        done = WRITERS * ACTS
        references = set(db.session.scalars(select(Case.reference)))
        assert references == {f"ASB-2026-{number:06d}" for number in range(1, done + 1)}
        assert (
            db.session.scalar(select(func.count()).select_from(Complaint).where(Complaint.case_id.is_not(None))) == done
        )
        assert db.session.scalar(select(func.count()).select_from(Address)) == 1
        assert db.session.scalar(select(func.count()).select_from(HistoryEntry)) == 3 * done
