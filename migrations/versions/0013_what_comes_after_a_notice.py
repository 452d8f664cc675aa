"""What recipients put forward, hearings, what an alleged breach rests on, and where a fixed penalty is paid."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

PURPOSES = ("first_hearing", "case_management", "trial", "sentence", "appeal", "other")
OUTCOMES = ("held", "adjourned", "vacated")


def coded(*values: str, name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        "representations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("intervention_id", sa.Integer(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(answered_on IS NULL) = (answer IS NULL)", name=op.f("ck_representations_answered_has_answer")
        ),
        sa.CheckConstraint("answered_on >= received_on", name=op.f("ck_representations_days_in_order")),
        sa.ForeignKeyConstraint(["answered_by_id"], ["users.id"], name=op.f("fk_representations_answered_by_id")),
        sa.ForeignKeyConstraint(
            ["intervention_id"], ["interventions.id"], name=op.f("fk_representations_intervention_id")
        ),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["users.id"], name=op.f("fk_representations_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_representations")),
    )
    op.create_index("ix_representations_by_intervention", "representations", ["intervention_id", "id"])

    op.create_table(
        "hearings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("intervention_id", sa.Integer(), nullable=False),
        sa.Column("appeal_id", sa.Integer(), nullable=True),
        sa.Column("listed_on", sa.Date(), nullable=False),
        sa.Column("listed_at", sa.Time(), nullable=True),
        sa.Column("purpose", coded(*PURPOSES, name="hearingpurpose"), nullable=False),
        sa.Column("court", sa.String(), nullable=True),
        sa.Column("outcome", coded(*OUTCOMES, name="hearingoutcome"), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("outcome IS NULL OR note IS NOT NULL", name=op.f("ck_hearings_outcome_has_note")),
        sa.ForeignKeyConstraint(["appeal_id"], ["appeals.id"], name=op.f("fk_hearings_appeal_id")),
        sa.ForeignKeyConstraint(["intervention_id"], ["interventions.id"], name=op.f("fk_hearings_intervention_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hearings")),
    )
    op.create_index(op.f("ix_hearings_appeal_id"), "hearings", ["appeal_id"])
    op.create_index("ix_hearings_by_intervention", "hearings", ["intervention_id", "listed_on", "id"])
    op.create_index(
        "uq_hearings_one_to_come",
        "hearings",
        ["intervention_id"],
        unique=True,
        sqlite_where=sa.text("outcome IS NULL"),
        postgresql_where=sa.text("outcome IS NULL"),
    )

    named = (
        ("complaint_id", "complaints"), ("note_id", "notes"), ("attachment_id", "attachments"),
        ("contact_entry_id", "contact_entries"),
    )  # fmt: skip
    op.create_table(
        "breach_evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("breach_id", sa.Integer(), nullable=False),
        *(sa.Column(column, sa.Integer(), nullable=True) for column, _ in named),
        sa.CheckConstraint(
            " OR ".join(f"{column} IS NOT NULL" for column, _ in named),
            name=op.f("ck_breach_evidence_rests_on_something"),
        ),
        sa.ForeignKeyConstraint(["breach_id"], ["alleged_breaches.id"], name=op.f("fk_breach_evidence_breach_id")),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_breach_evidence_{column}"))
            for column, table in named
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_breach_evidence")),
    )
    op.create_index(op.f("ix_breach_evidence_breach_id"), "breach_evidence", ["breach_id"])

    op.add_column("interventions", sa.Column("payee", sa.String(), nullable=True))
    op.add_column("interventions", sa.Column("other_ways_to_pay", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("interventions", "other_ways_to_pay")
    op.drop_column("interventions", "payee")
    op.drop_table("breach_evidence")
    op.drop_table("hearings")
    op.drop_table("representations")
