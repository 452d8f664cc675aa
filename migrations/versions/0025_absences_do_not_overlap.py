"""Nobody is away twice on one day. Of those that overlap already, the one recorded later is over from its first day."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

NAME = "ex_absences_of_one_person_overlap"
OVER = """
UPDATE absences SET ended_on = from_on WHERE ended_on IS NULL AND EXISTS (
  SELECT 1 FROM absences earlier WHERE earlier.user_id = absences.user_id AND earlier.ended_on IS NULL
  AND earlier.id < absences.id AND earlier.from_on <= absences.to_on AND earlier.to_on >= absences.from_on)
"""
OVERLAPS = f"""
BEGIN
  SELECT RAISE(ABORT, '{NAME}') WHERE NEW.ended_on IS NULL AND EXISTS (
    SELECT 1 FROM absences WHERE user_id = NEW.user_id AND id IS NOT NEW.id AND ended_on IS NULL
    AND from_on <= NEW.to_on AND to_on >= NEW.from_on);
END
"""


def upgrade() -> None:
    op.execute(sa.text(OVER))
    if op.get_bind().dialect.name == "sqlite":
        op.execute(sa.text(f"CREATE TRIGGER {NAME}_insert BEFORE INSERT ON absences {OVERLAPS}"))
        op.execute(sa.text(f"CREATE TRIGGER {NAME}_update BEFORE UPDATE ON absences {OVERLAPS}"))
    else:
        op.execute(
            sa.text(
                f"ALTER TABLE absences ADD CONSTRAINT {NAME} EXCLUDE USING gist (int4range(user_id, user_id, '[]') WITH &&,"
                " daterange(from_on, to_on, '[]') WITH &&) WHERE (ended_on IS NULL)"
            )
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(sa.text(f"DROP TRIGGER {NAME}_insert"))
        op.execute(sa.text(f"DROP TRIGGER {NAME}_update"))
    else:
        op.execute(sa.text(f"ALTER TABLE absences DROP CONSTRAINT {NAME}"))
