"""Which document the task of a second person’s check is of, until now told by its title alone."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

TITLE = "Second person’s check of "


def upgrade() -> None:
    with op.batch_alter_table("tasks") as tasks:
        tasks.add_column(sa.Column("check_of_id", sa.Integer(), nullable=True))
        tasks.create_foreign_key(op.f("fk_tasks_check_of_id"), "interventions", ["check_of_id"], ["id"])
        tasks.create_index(op.f("ix_tasks_check_of_id"), ["check_of_id"])
    named = (
        "UPDATE tasks SET check_of_id = (SELECT interventions.id FROM interventions"
        " WHERE tasks.title = :words || interventions.reference) WHERE title LIKE :begins"
    )
    op.execute(sa.text(named).bindparams(words=TITLE, begins=f"{TITLE}%"))


def downgrade() -> None:
    with op.batch_alter_table("tasks") as tasks:
        tasks.drop_index(op.f("ix_tasks_check_of_id"))
        tasks.drop_constraint(op.f("fk_tasks_check_of_id"), type_="foreignkey")
        tasks.drop_column("check_of_id")
