"""The relevant bodies of the demonstration, as an application goes round them: passed on, answered or silent."""

from collections.abc import Sequence
from datetime import datetime

from asb_cases.domain.case_review_meeting import BodyView
from asb_cases.domain.case_review_steps import Weighed
from asb_cases.extensions import db
from asb_cases.queries.case_review_work import bodies_of
from asb_cases.services.case_review_bodies import answer_of_body, pass_on
from asb_cases.services.demo.scene import Scene
from asb_cases.services.demo.staff import RELEVANT

#: What the bodies weigh where few complaints qualify.
LITTLE = Weighed(
    persistence="Two evenings in six months, and nothing since.",
    harm="Disturbed sleep on both; no threat, and nobody at risk was named.",
    response="An officer called back the same day, and the music was turned down.",
)
ASKED = (
    "What you were told of this address in the past year, what you did, and whether the threshold is met in your view."
)


def pass_round(scene: Scene, review_id: int, now: datetime, *, answers: Sequence[BodyView | None]) -> None:
    """The application goes to every relevant body; each answers in its turn, or (None) does not."""
    officer = scene.staff["officer"]
    pass_on(
        actor=officer,
        now=now,
        case_review_id=review_id,
        body_ids=[scene.staff.bodies[name] for name in RELEVANT],
        sent_on=now.date(),
        how="By secure e-mail to each body’s single point of contact",
        proof="Sent copies kept in the case review mailbox",
        asked=ASKED,
    )
    db.session.flush()
    for row, view in zip(bodies_of(review_id), answers, strict=True):
        if view is None:
            continue
        answer_of_body(
            actor=officer,
            now=now,
            case_review_id=review_id,
            part_id=row.id,
            on=now.date(),
            view=view,
            view_said="We think the reports are too far apart." if view is BodyView.DISAGREES else None,
            knew_and_did="Two calls in the past year, each attended by the neighbourhood team.",
        )


AGREED = (BodyView.AGREES, BodyView.AGREES, BodyView.NO_VIEW)
