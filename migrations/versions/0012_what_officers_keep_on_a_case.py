"""What officers keep on a case: incidents, agreed action plans, waits for the person who reported, cover for absence;
whether a contact reached anybody, and why a note was corrected."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

#: What of a note never changes once it is written (see 0002); whether it is withheld may.
KEPT_BEFORE = ("id", "case_id", "kind", "text", "written_at", "author_id", "corrects_id", "import_id")
MOMENT = sa.DateTime(timezone=True)
TABLES = (
    "absences",
    "response_pauses",
    "incidents",
    "incident_complaints",
    "action_plans",
    "action_plan_steps",
    "action_plan_reviews",
)


def upgrade() -> None:
    absences_and_pauses()
    incidents()
    action_plans()
    op.add_column("contact_entries", sa.Column("reached", sa.Boolean(), nullable=True))
    # Written out, since SQLite takes a reference only with the column itself.
    op.execute(
        "ALTER TABLE intervention_evidence ADD COLUMN incident_id INTEGER"
        " CONSTRAINT fk_intervention_evidence_incident_id REFERENCES incidents (id)"
    )
    op.add_column("notes", sa.Column("corrected_because", sa.String(), nullable=True))
    keep_notes((*KEPT_BEFORE, "corrected_because"))


def downgrade() -> None:
    keep_notes(KEPT_BEFORE)
    op.drop_column("notes", "corrected_because")
    op.drop_column("intervention_evidence", "incident_id")
    op.drop_column("contact_entries", "reached")
    for table in reversed(TABLES):
        op.drop_table(table)


def keep_notes(columns: tuple[str, ...]) -> None:
    """Refuse any change of these columns of a note, in place of the trigger that knew others."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    op.execute("DROP TRIGGER notes_not_changed" + ("" if sqlite else " ON notes"))
    same = "IS" if sqlite else "IS NOT DISTINCT FROM"
    kept = " AND ".join(f"NEW.{column} {same} OLD.{column}" for column in columns)
    if sqlite:
        refuse = "BEGIN SELECT RAISE(ABORT, 'notes is only ever added to'); END"
        op.execute(f"CREATE TRIGGER notes_not_changed BEFORE UPDATE ON notes WHEN NOT ({kept}) {refuse}")
    else:
        op.execute(
            f"CREATE TRIGGER notes_not_changed BEFORE UPDATE ON notes FOR EACH ROW WHEN (NOT ({kept}))"
            " EXECUTE FUNCTION notes_refuse()"
        )


def absences_and_pauses() -> None:
    op.create_table(
        "absences",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("cover_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("to_on >= from_on", name=op.f("ck_absences_days_in_order")),
        sa.CheckConstraint("cover_id <> user_id", name=op.f("ck_absences_does_not_cover_themselves")),
        sa.ForeignKeyConstraint(["cover_id"], ["users.id"], name=op.f("fk_absences_cover_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_absences_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absences")),
    )
    op.create_index("ix_absences_by_cover", "absences", ["cover_id", "to_on"])
    op.create_index("ix_absences_by_user", "absences", ["user_id", "to_on"])
    op.create_table(
        "response_pauses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("began_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("began_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "ended_at IS NULL OR ended_at >= began_at", name=op.f("ck_response_pauses_moments_in_order")
        ),
        sa.ForeignKeyConstraint(["began_by_id"], ["users.id"], name=op.f("fk_response_pauses_began_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_response_pauses_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_response_pauses")),
    )
    op.create_index("ix_response_pauses_by_case", "response_pauses", ["case_id", "id"])
    op.create_index(
        "uq_response_pauses_open",
        "response_pauses",
        ["case_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )


def incidents() -> None:
    op.create_table(
        "incidents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("happened_at", MOMENT, nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("until_at", MOMENT, nullable=True),
        sa.Column("address_id", sa.Integer(), nullable=True),
        sa.Column("seen", sa.String(), nullable=False),
        sa.Column(
            "source",
            sa.Enum(
                "complaint", "officer", "partner", "diary", name="incidentsource", native_enum=False,
                create_constraint=True, length=40,
            ),
            nullable=False,
        ),
        sa.Column("source_note", sa.String(), nullable=True),
        sa.Column("evidence", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("entered_in_error_on", sa.Date(), nullable=True),
        sa.Column("entered_in_error_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(entered_in_error_on IS NULL) = (entered_in_error_reason IS NULL)",
            name=op.f("ck_incidents_entered_in_error_has_reason"),
        ),
        sa.CheckConstraint("until_on IS NULL OR until_on >= happened_on", name=op.f("ck_incidents_days_in_order")),
        sa.CheckConstraint("until_at IS NULL OR until_on IS NOT NULL", name=op.f("ck_incidents_ended_at_has_day")),
        sa.ForeignKeyConstraint(["address_id"], ["addresses.id"], name=op.f("fk_incidents_address_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_incidents_case_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["users.id"], name=op.f("fk_incidents_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incidents")),
    )  # fmt: skip
    op.create_index("ix_incidents_by_case", "incidents", ["case_id", "happened_on", "id"])
    op.create_index(op.f("ix_incidents_address_id"), "incidents", ["address_id"])
    op.create_table(
        "incident_complaints",
        sa.Column("incident_id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaints.id"], name=op.f("fk_incident_complaints_complaint_id")),
        sa.ForeignKeyConstraint(["incident_id"], ["incidents.id"], name=op.f("fk_incident_complaints_incident_id")),
        sa.PrimaryKeyConstraint("incident_id", "complaint_id", name=op.f("pk_incident_complaints")),
    )
    op.create_index(op.f("ix_incident_complaints_complaint_id"), "incident_complaints", ["complaint_id"])


def action_plans() -> None:
    op.create_table(
        "action_plans",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("agreed_by_id", sa.Integer(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("review_on IS NULL OR review_on >= agreed_on", name=op.f("ck_action_plans_days_in_order")),
        sa.CheckConstraint(
            "ended_on IS NULL OR ended_on >= agreed_on", name=op.f("ck_action_plans_ended_after_agreed")
        ),
        sa.ForeignKeyConstraint(["agreed_by_id"], ["users.id"], name=op.f("fk_action_plans_agreed_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_action_plans_case_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_action_plans_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_plans")),
    )
    op.create_index("ix_action_plans_by_case", "action_plans", ["case_id", "ended_on", "id"])
    op.create_index(op.f("ix_action_plans_person_id"), "action_plans", ["person_id"])
    op.create_table(
        "action_plan_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column(
            "state",
            sa.Enum("open", "done", "dropped", name="stepstate", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(state = 'open') = (closed_on IS NULL)", name=op.f("ck_action_plan_steps_closed_has_day")),
        sa.CheckConstraint(
            "state <> 'dropped' OR outcome IS NOT NULL", name=op.f("ck_action_plan_steps_dropped_has_reason")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_action_plan_steps_owner_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["action_plans.id"], name=op.f("fk_action_plan_steps_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_plan_steps")),
        sa.UniqueConstraint("plan_id", "number", name=op.f("uq_action_plan_steps_plan_id_number")),
    )
    op.create_index(op.f("ix_action_plan_steps_owner_id"), "action_plan_steps", ["owner_id"])
    op.create_table(
        "action_plan_reviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=False),
        sa.Column("reviewed_by_id", sa.Integer(), nullable=True),
        sa.Column("finding", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["action_plans.id"], name=op.f("fk_action_plan_reviews_plan_id")),
        sa.ForeignKeyConstraint(["reviewed_by_id"], ["users.id"], name=op.f("fk_action_plan_reviews_reviewed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_plan_reviews")),
    )
    op.create_index(op.f("ix_action_plan_reviews_plan_id"), "action_plan_reviews", ["plan_id"])
