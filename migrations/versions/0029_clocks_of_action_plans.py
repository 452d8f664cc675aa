"""The clocks of action plans: their reviews, and each step that has a day; and one of each year's publication."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

COLUMNS = (("action_plan_id", "action_plans"), ("plan_step_id", "action_plan_steps"))
RULES = "'plan_review', 'plan_step', 'plan_step_of_theirs', 'victim_update', 'case_review_publication'"
PUBLICATION = "rule = 'case_review_publication'"
STARTED = (
    "INSERT INTO deadlines (rule, case_id, action_plan_id, plan_step_id, starts_on, last_day, working, state)"
    " SELECT {rule}, plans.case_id, plans.id, {step}, {day}, {day}, 'The last day is the day named.', 'running'"
    " FROM {rows} JOIN cases ON cases.id = plans.case_id"
    " WHERE plans.ended_on IS NULL AND cases.closed_on IS NULL AND {day} IS NOT NULL"
)


def upgrade() -> None:
    for column, table in COLUMNS:
        # Written out, since SQLite takes a reference only with the column itself.
        name = f"fk_deadlines_{column}"
        op.execute(f"ALTER TABLE deadlines ADD COLUMN {column} INTEGER CONSTRAINT {name} REFERENCES {table} (id)")
        op.create_index(op.f(f"ix_deadlines_{column}"), "deadlines", [column])
    op.create_index(
        "uq_deadlines_publication",
        "deadlines",
        ["starts_on"],
        unique=True,
        sqlite_where=sa.text(PUBLICATION),
        postgresql_where=sa.text(PUBLICATION),
    )
    review = STARTED.format(rule="'plan_review'", step="NULL", day="plans.review_on", rows="action_plans AS plans")
    whose = "CASE WHEN steps.owner_id IS NULL THEN 'plan_step_of_theirs' ELSE 'plan_step' END"
    rows = "action_plan_steps AS steps JOIN action_plans AS plans ON plans.id = steps.plan_id"
    step = STARTED.format(rule=whose, step="steps.id", day="steps.due_on", rows=rows)
    op.execute(sa.text(review))
    op.execute(sa.text(step + " AND steps.state = 'open'"))


def downgrade() -> None:
    ended = f"SELECT id FROM deadlines WHERE rule IN ({RULES})"
    op.execute(sa.text(f"DELETE FROM reminders WHERE deadline_id IN ({ended})"))
    op.execute(sa.text(f"DELETE FROM deadlines WHERE rule IN ({RULES})"))
    op.drop_index("uq_deadlines_publication", "deadlines")
    for column, _table in COLUMNS:
        op.drop_index(op.f(f"ix_deadlines_{column}"), "deadlines")
        op.drop_column("deadlines", column)
