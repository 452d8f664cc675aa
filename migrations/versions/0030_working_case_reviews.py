"""An application for a case review as it is worked: where it stands, its count, bodies, letters, review and what follows."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

STATUSES = (
    "received", "acknowledged", "info_gathering", "threshold_met", "threshold_not_met", "met_notified", "not_met_notified",
    "meeting_arranged", "review_held", "outcome_issued", "actions_monitoring", "closed", "escalated", "withdrawn",
)  # fmt: skip
TEXTS = ("persistence", "harm", "response", "no_recommendations_because", "plan_victim_said")
DAYS = ("decision_notified_on", "plan_told_on")
CHECKS = {
    "reviewstatus": f"status IN ({', '.join(repr(each) for each in STATUSES)})",
    "withdrawn_has_day": "(status = 'withdrawn') = (withdrawn_on IS NOT NULL)",
    "status_has_decision": (
        "status IN ('received', 'acknowledged', 'info_gathering', 'withdrawn') OR threshold IS NOT NULL "
        "OR import_id IS NOT NULL"
    ),
    "status_of_a_met_threshold": "status NOT IN ('threshold_met', 'met_notified', 'meeting_arranged') OR threshold = 'met'",
    "status_of_a_threshold_not_met": "status NOT IN ('threshold_not_met', 'not_met_notified') OR threshold = 'not_met'",
    "status_has_notification": (
        "status NOT IN ('met_notified', 'not_met_notified', 'meeting_arranged', 'outcome_issued', 'actions_monitoring') "
        "OR decision_notified_on IS NOT NULL OR import_id IS NOT NULL"
    ),
    "status_has_review": (
        "status NOT IN ('review_held', 'outcome_issued', 'actions_monitoring') OR review_held_on IS NOT NULL"
    ),
    "status_has_outcome": "status NOT IN ('outcome_issued', 'actions_monitoring') OR outcome_sent_on IS NOT NULL",
    "notified_after_application": "decision_notified_on IS NULL OR decision_notified_on >= applied_on",
}
#: Where an application stands of which only the days are known.
BY_DAYS = (
    "UPDATE case_reviews SET status = CASE WHEN withdrawn_on IS NOT NULL THEN 'withdrawn'"
    " WHEN review_held_on IS NOT NULL AND outcome_sent_on IS NOT NULL THEN 'closed'"
    " WHEN review_held_on IS NOT NULL THEN 'review_held'"
    " WHEN threshold = 'met' THEN 'threshold_met'"
    " WHEN threshold = 'not_met' AND outcome_sent_on IS NOT NULL THEN 'not_met_notified'"
    " WHEN threshold = 'not_met' THEN 'threshold_not_met' ELSE 'received' END"
)
NOTIFIED = "UPDATE case_reviews SET decision_notified_on = outcome_sent_on WHERE status = 'not_met_notified'"
RELEVANT = "UPDATE partner_bodies SET relevant = true WHERE kind IN ('police', 'integrated_care_board')"
TABLES = (
    "case_review_set_asides", "case_review_attendees", "case_review_meetings", "case_review_letters",
    "case_review_explanations", "case_review_escalations", "case_review_recommendations", "case_review_bodies",
    "case_review_actions",
)  # fmt: skip


def upgrade() -> None:
    op.add_column("partner_bodies", sa.Column("relevant", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute(RELEVANT)
    with op.batch_alter_table("case_reviews") as reviews:
        reviews.add_column(sa.Column("status", sa.String(length=40), nullable=False, server_default="received"))
        for column in TEXTS:
            reviews.add_column(sa.Column(column, sa.String(), nullable=True))
        for column in DAYS:
            reviews.add_column(sa.Column(column, sa.Date(), nullable=True))
    op.execute(BY_DAYS)
    op.execute(NOTIFIED)
    with op.batch_alter_table("case_reviews") as reviews:
        for name, condition in CHECKS.items():
            reviews.create_check_constraint(op.f(f"ck_case_reviews_{name}"), condition)
        reviews.create_index("ix_case_reviews_by_status", ["status", "applied_on", "id"])
    with op.batch_alter_table("case_review_complaints") as complaints:
        complaints.add_column(sa.Column("complaint_id", sa.Integer(), nullable=True))
        complaints.add_column(sa.Column("recorded_by_id", sa.Integer(), nullable=True))
        complaints.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        complaints.add_column(sa.Column("entered_in_error_on", sa.Date(), nullable=True))
        complaints.add_column(sa.Column("entered_in_error_reason", sa.String(), nullable=True))
    with op.batch_alter_table("case_review_complaints") as complaints:
        complaints.create_foreign_key(
            op.f("fk_case_review_complaints_complaint_id"), "complaints", ["complaint_id"], ["id"]
        )
        complaints.create_foreign_key(
            op.f("fk_case_review_complaints_recorded_by_id"), "users", ["recorded_by_id"], ["id"]
        )
        complaints.create_check_constraint(
            op.f("ck_case_review_complaints_entered_in_error_has_reason"),
            "(entered_in_error_on IS NULL) = (entered_in_error_reason IS NULL)",
        )
        complaints.create_check_constraint(
            op.f("ck_case_review_complaints_ours_names_no_other_complainant"),
            "complaint_id IS NULL OR complainant IS NULL",
        )
        complaints.create_index(op.f("ix_case_review_complaints_complaint_id"), ["complaint_id"])
        complaints.create_index("uq_case_review_complaints_ours", ["case_review_id", "complaint_id"], unique=True)
    op.create_table(
        "case_review_escalations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_review_id", sa.Integer(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("asks", sa.String(), nullable=False),
        sa.Column("route", sa.String(), nullable=False),
        sa.Column(
            "earlier_threshold",
            sa.Enum("met", "not_met", name="thresholddecision", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("earlier_decided_on", sa.Date(), nullable=True),
        sa.Column("earlier_reason", sa.String(), nullable=True),
        sa.Column("earlier_held_on", sa.Date(), nullable=True),
        sa.Column("earlier_outcome_sent_on", sa.Date(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "upheld",
                "remitted",
                "not_upheld",
                name="escalationoutcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("finding", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(decided_on IS NULL) = (outcome IS NULL)", name=op.f("ck_case_review_escalations_decided_has_outcome")
        ),
        sa.CheckConstraint(
            "decided_on IS NULL OR decided_on >= asked_on", name=op.f("ck_case_review_escalations_decided_after_asked")
        ),
        sa.ForeignKeyConstraint(
            ["case_review_id"], ["case_reviews.id"], name=op.f("fk_case_review_escalations_case_review_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_review_escalations")),
    )
    op.create_index(op.f("ix_case_review_escalations_by_review"), "case_review_escalations", ["case_review_id", "id"])
    op.create_table(
        "case_review_explanations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("owed_from", sa.Date(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=True),
        sa.Column(
            "way",
            sa.Enum(
                "phone",
                "text_message",
                "email",
                "letter",
                "in_person",
                name="contactway",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("proof", sa.String(), nullable=True),
        sa.Column("given_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(given_on IS NULL) = (proof IS NULL)", name=op.f("ck_case_review_explanations_given_has_proof")
        ),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaints.id"], name=op.f("fk_case_review_explanations_complaint_id")
        ),
        sa.ForeignKeyConstraint(["given_by_id"], ["users.id"], name=op.f("fk_case_review_explanations_given_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_case_review_explanations_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_review_explanations")),
        sa.UniqueConstraint("complaint_id", name=op.f("uq_case_review_explanations_complaint_id")),
    )
    op.create_index(
        op.f("ix_case_review_explanations_by_person"), "case_review_explanations", ["person_id", "owed_from"]
    )
    op.create_index(
        op.f("ix_case_review_explanations_owed"), "case_review_explanations", ["given_on", "owed_from", "id"]
    )
    op.create_table(
        "case_review_letters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_review_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "received",
                "met",
                "not_met",
                "outcome",
                name="letterkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column(
            "way",
            sa.Enum(
                "phone",
                "text_message",
                "email",
                "letter",
                "in_person",
                name="contactway",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_review_id"], ["case_reviews.id"], name=op.f("fk_case_review_letters_case_review_id")
        ),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["users.id"], name=op.f("fk_case_review_letters_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_review_letters")),
    )
    op.create_index(
        op.f("ix_case_review_letters_by_review"), "case_review_letters", ["case_review_id", "sent_on", "id"]
    )
    op.create_table(
        "case_review_meetings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_review_id", sa.Integer(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("chair", sa.String(), nullable=False),
        sa.Column("chair_independent", sa.Boolean(), nullable=False),
        sa.Column("chair_because", sa.String(), nullable=True),
        sa.Column("victim_invited_on", sa.Date(), nullable=True),
        sa.Column(
            "victim_choice",
            sa.Enum(
                "attends",
                "representative",
                "in_writing",
                "declines",
                "no_answer",
                name="involvement",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("representative", sa.String(), nullable=True),
        sa.Column("risk_assessed_on", sa.Date(), nullable=True),
        sa.Column("risk_note", sa.String(), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("minutes", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "chair_independent OR chair_because IS NOT NULL",
            name=op.f("ck_case_review_meetings_chair_independent_or_why"),
        ),
        sa.CheckConstraint(
            "victim_choice IS NULL OR victim_invited_on IS NOT NULL",
            name=op.f("ck_case_review_meetings_chose_when_invited"),
        ),
        sa.ForeignKeyConstraint(
            ["case_review_id"], ["case_reviews.id"], name=op.f("fk_case_review_meetings_case_review_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_review_meetings")),
    )
    op.create_index(op.f("ix_case_review_meetings_by_review"), "case_review_meetings", ["case_review_id", "id"])
    op.create_table(
        "case_review_attendees",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=True),
        sa.Column("attended", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["case_review_meetings.id"], name=op.f("fk_case_review_attendees_meeting_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_review_attendees")),
    )
    op.create_index(op.f("ix_case_review_attendees_meeting_id"), "case_review_attendees", ["meeting_id"])
    op.create_table(
        "case_review_set_asides",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column(
            "ground",
            sa.Enum(
                "not_this_behaviour",
                "outside_area",
                "outside_section_105",
                name="ground",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_because", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(confirmed_on IS NULL) = (confirmed_by_id IS NULL)",
            name=op.f("ck_case_review_set_asides_confirmed_by_somebody"),
        ),
        sa.CheckConstraint(
            "(ended_on IS NULL) = (ended_because IS NULL)", name=op.f("ck_case_review_set_asides_ended_has_reason")
        ),
        sa.CheckConstraint(
            "confirmed_by_id IS NULL OR confirmed_by_id <> proposed_by_id",
            name=op.f("ck_case_review_set_asides_confirmed_by_another"),
        ),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_case_review_set_asides_has_reason")),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"], ["users.id"], name=op.f("fk_case_review_set_asides_confirmed_by_id")
        ),
        sa.ForeignKeyConstraint(["ended_by_id"], ["users.id"], name=op.f("fk_case_review_set_asides_ended_by_id")),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["case_review_complaints.id"], name=op.f("fk_case_review_set_asides_entry_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["users.id"], name=op.f("fk_case_review_set_asides_proposed_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_review_set_asides")),
    )
    op.create_index(op.f("ix_case_review_set_asides_entry_id"), "case_review_set_asides", ["entry_id"])
    op.create_table(
        "case_review_actions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_review_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("evidence", sa.String(), nullable=True),
        sa.Column("chased_on", sa.Date(), nullable=True),
        sa.Column("deadline_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(done_on IS NULL) = (evidence IS NULL)", name=op.f("ck_case_review_actions_done_has_evidence")
        ),
        sa.ForeignKeyConstraint(
            ["case_review_id"], ["case_reviews.id"], name=op.f("fk_case_review_actions_case_review_id")
        ),
        sa.ForeignKeyConstraint(["deadline_id"], ["deadlines.id"], name=op.f("fk_case_review_actions_deadline_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_review_actions")),
    )
    op.create_index(op.f("ix_case_review_actions_deadline_id"), "case_review_actions", ["deadline_id"])
    op.create_index(
        op.f("uq_case_review_actions_number"), "case_review_actions", ["case_review_id", "number"], unique=True
    )
    op.create_table(
        "case_review_bodies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_review_id", sa.Integer(), nullable=False),
        sa.Column("partner_body_id", sa.Integer(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("proof", sa.String(), nullable=False),
        sa.Column("asked", sa.String(), nullable=True),
        sa.Column("chased_on", sa.Date(), nullable=True),
        sa.Column("chases", sa.Integer(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column(
            "view",
            sa.Enum(
                "agrees", "disagrees", "no_view", name="bodyview", native_enum=False, create_constraint=True, length=40
            ),
            nullable=True,
        ),
        sa.Column("view_said", sa.String(), nullable=True),
        sa.Column("knew_and_did", sa.String(), nullable=True),
        sa.Column("deadline_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(answered_on IS NULL) = (view IS NULL)", name=op.f("ck_case_review_bodies_answered_has_view")
        ),
        sa.CheckConstraint(
            "answered_on IS NULL OR answered_on >= sent_on", name=op.f("ck_case_review_bodies_answered_after_sent")
        ),
        sa.CheckConstraint(
            "chased_on IS NULL OR chased_on >= sent_on", name=op.f("ck_case_review_bodies_chased_after_sent")
        ),
        sa.ForeignKeyConstraint(
            ["case_review_id"], ["case_reviews.id"], name=op.f("fk_case_review_bodies_case_review_id")
        ),
        sa.ForeignKeyConstraint(["deadline_id"], ["deadlines.id"], name=op.f("fk_case_review_bodies_deadline_id")),
        sa.ForeignKeyConstraint(
            ["partner_body_id"], ["partner_bodies.id"], name=op.f("fk_case_review_bodies_partner_body_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_review_bodies")),
    )
    op.create_index(op.f("ix_case_review_bodies_deadline_id"), "case_review_bodies", ["deadline_id"])
    op.create_index(op.f("ix_case_review_bodies_partner_body_id"), "case_review_bodies", ["partner_body_id"])
    op.create_index(
        op.f("uq_case_review_bodies_once"), "case_review_bodies", ["case_review_id", "partner_body_id"], unique=True
    )
    op.create_table(
        "case_review_recommendations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_review_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("addressee", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column(
            "regard",
            sa.Enum(
                "accepted",
                "in_part",
                "not_accepted",
                name="regard",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("deadline_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(answered_on IS NULL) = (regard IS NULL)", name=op.f("ck_case_review_recommendations_answered_has_regard")
        ),
        sa.ForeignKeyConstraint(
            ["case_review_id"], ["case_reviews.id"], name=op.f("fk_case_review_recommendations_case_review_id")
        ),
        sa.ForeignKeyConstraint(
            ["deadline_id"], ["deadlines.id"], name=op.f("fk_case_review_recommendations_deadline_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_review_recommendations")),
    )
    op.create_index(op.f("ix_case_review_recommendations_deadline_id"), "case_review_recommendations", ["deadline_id"])
    op.create_index(
        op.f("uq_case_review_recommendations_number"),
        "case_review_recommendations",
        ["case_review_id", "number"],
        unique=True,
    )


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    with op.batch_alter_table("case_review_complaints") as complaints:
        complaints.drop_index("uq_case_review_complaints_ours")
        complaints.drop_index(op.f("ix_case_review_complaints_complaint_id"))
        for name in ("ours_names_no_other_complainant", "entered_in_error_has_reason"):
            complaints.drop_constraint(op.f(f"ck_case_review_complaints_{name}"), type_="check")
        for name in ("recorded_by_id", "complaint_id"):
            complaints.drop_constraint(op.f(f"fk_case_review_complaints_{name}"), type_="foreignkey")
    with op.batch_alter_table("case_review_complaints") as complaints:
        for column in ("entered_in_error_reason", "entered_in_error_on", "version", "recorded_by_id", "complaint_id"):
            complaints.drop_column(column)
    with op.batch_alter_table("case_reviews") as reviews:
        reviews.drop_index("ix_case_reviews_by_status")
        for name in CHECKS:
            reviews.drop_constraint(op.f(f"ck_case_reviews_{name}"), type_="check")
    with op.batch_alter_table("case_reviews") as reviews:
        for column in (*DAYS, *TEXTS, "status"):
            reviews.drop_column(column)
    op.drop_column("partner_bodies", "relevant")
