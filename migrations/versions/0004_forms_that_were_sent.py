"""Forms that were sent: what was done with one is not done twice."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sent_forms",
        sa.Column("form_key", sa.String(), nullable=False),
        sa.Column("history_id", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(form_key) BETWEEN 16 AND 64", name=op.f("ck_sent_forms_key_is_long_enough")),
        sa.ForeignKeyConstraint(["history_id"], ["history_entries.id"], name=op.f("fk_sent_forms_history_id")),
        sa.PrimaryKeyConstraint("form_key", name=op.f("pk_sent_forms")),
    )
    op.create_index(op.f("ix_sent_forms_history_id"), "sent_forms", ["history_id"])
    op.create_index(op.f("ix_sent_forms_sent_at"), "sent_forms", ["sent_at"])


def downgrade() -> None:
    op.drop_table("sent_forms")
