"""Other tools and powers: proposed before they begin, with terms, answers and what came later."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

EVENTS = ("review", "extension", "breach")
BEFORE = ("draft", "legal_review", "authorised", "abandoned")
ENDED = ("withdrawn", "discharged", "cancelled", "abandoned", "written_off")
MONEY = "amount_pence IS NOT NULL OR import_id IS NOT NULL"


def upgrade() -> None:
    allow((*BEFORE, "proposed", "not_made"), (*ENDED, "not_made"))
    op.create_table(
        "tool_terms",
        sa.Column("intervention_id", sa.Integer(), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=True),
        sa.Column("court", sa.String(), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("under_18", sa.Boolean(), nullable=True),
        sa.Column("conditions", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["intervention_id"], ["interventions.id"], name=op.f("fk_tool_terms_intervention_id")),
        sa.PrimaryKeyConstraint("intervention_id", name=op.f("pk_tool_terms")),
    )
    op.create_table(
        "tool_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("intervention_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["intervention_id"], ["interventions.id"], name=op.f("fk_tool_answers_intervention_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tool_answers")),
        sa.UniqueConstraint("intervention_id", "question", name=op.f("uq_tool_answers_intervention_id_question")),
    )
    op.create_table(
        "tool_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("intervention_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(*EVENTS, name="tooleventkind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("before_on", sa.Date(), nullable=True),
        sa.Column("before_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("entered_in_error_on", sa.Date(), nullable=True),
        sa.Column("entered_in_error_reason", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(entered_in_error_on IS NULL) = (entered_in_error_reason IS NULL)",
            name=op.f("ck_tool_events_entered_in_error_has_reason"),
        ),
        sa.CheckConstraint(
            "(kind = 'extension') = (until_on IS NOT NULL)", name=op.f("ck_tool_events_extension_has_last_day")
        ),
        sa.ForeignKeyConstraint(["intervention_id"], ["interventions.id"], name=op.f("fk_tool_events_intervention_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["users.id"], name=op.f("fk_tool_events_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tool_events")),
    )
    op.create_index("ix_tool_events_by_intervention", "tool_events", ["intervention_id", "id"])


def downgrade() -> None:
    op.drop_table("tool_events")
    op.drop_table("tool_answers")
    op.drop_table("tool_terms")
    # What was only proposed, or never came about, is what a draft and one that was given up were.
    op.execute("UPDATE interventions SET status = 'draft' WHERE status = 'proposed'")
    op.execute("UPDATE interventions SET status = 'abandoned' WHERE status = 'not_made'")
    allow(BEFORE, ENDED)


def allow(not_yet_given: tuple[str, ...], needs_reason: tuple[str, ...]) -> None:
    """Let these statuses be those of what has no day yet, and these those that need a reason."""
    waiting = f"status IN ({', '.join(map(repr, not_yet_given))})"
    checks = {
        "draft_is_not_given": f"NOT ({waiting} AND issued_on IS NOT NULL)",
        "given_has_day": (
            f"{waiting} OR issued_on IS NOT NULL OR (power IN ('CPW', 'CPN') AND status IN ('issued', 'withdrawn'))"
            " OR status = 'cancelled'"
        ),
        "fixed_penalty_has_amount": f"power <> 'FPN' OR {waiting} OR {MONEY}",
        "ended_has_reason": (
            f"status NOT IN ({', '.join(map(repr, needs_reason))})"
            " OR ended_because IS NOT NULL OR import_id IS NOT NULL"
        ),
    }
    with op.batch_alter_table("interventions") as rows:
        for name, condition in checks.items():
            rows.drop_constraint(op.f(f"ck_interventions_{name}"), type_="check")
            rows.create_check_constraint(op.f(f"ck_interventions_{name}"), condition)
