"""The screen of a draft question by question, whether it may be a statutory nuisance, and post that came back."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

COLUMNS = (
    ("interventions", "statutory_nuisance", sa.String()),
    ("interventions", "statutory_nuisance_note", sa.String()),
    ("services", "returned_on", sa.Date()),
    ("services", "returned_note", sa.String()),
)


def upgrade() -> None:
    for table, column, kind in COLUMNS:
        op.add_column(table, sa.Column(column, kind, nullable=True))
    op.create_table(
        "screening_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("intervention_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("raised", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["intervention_id"], ["interventions.id"], name=op.f("fk_screening_answers_intervention_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screening_answers")),
        sa.UniqueConstraint("intervention_id", "item", name=op.f("uq_screening_answers_intervention_id_item")),
    )
    op.create_index(op.f("ix_screening_answers_intervention_id"), "screening_answers", ["intervention_id"])


def downgrade() -> None:
    op.drop_table("screening_answers")
    for table, column, _ in reversed(COLUMNS):
        op.drop_column(table, column)
