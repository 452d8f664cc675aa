"""A letter as the way in which something was reported, or somebody was contacted."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

BEFORE = ("email", "phone", "web", "in_person", "out_of_hours", "partner", "app")
TABLES = ("complaints", "contact_entries")


def upgrade() -> None:
    allow(*BEFORE, "letter")


def downgrade() -> None:
    for table in TABLES:
        op.execute(sa.text(f"UPDATE {table} SET channel = 'email' WHERE channel = 'letter'"))
    allow(*BEFORE)


def allow(*channels: str) -> None:
    """Let the two tables hold these channels and no other."""
    listed = ", ".join(f"'{channel}'" for channel in channels)
    for table in TABLES:
        name = op.f(f"ck_{table}_channel")
        with op.batch_alter_table(table) as rows:
            rows.drop_constraint(name, type_="check")
            rows.create_check_constraint(name, f"channel IN ({listed})")
