"""An index by which the history since a moment is found."""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_history_entries_since", "history_entries", ["at", "id"])


def downgrade() -> None:
    op.drop_index("ix_history_entries_since", table_name="history_entries")
