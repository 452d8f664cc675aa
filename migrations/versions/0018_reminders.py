"""Reminders: what somebody was told of, the plans that an administrator set, and how people want to be told."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

DELIVERIES = ("immediate", "digest", "product_only")


def upgrade() -> None:
    op.create_table(
        "reminders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("effect_key", sa.String(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("deadline_id", sa.Integer(), nullable=True),
        sa.Column("task_id", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("emailed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("snoozed_until", sa.Date(), nullable=True),
        sa.Column("snoozed_because", sa.String(), nullable=True),
        sa.Column("over_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("over_because", sa.String(), nullable=True),
        sa.CheckConstraint("(deadline_id IS NULL) <> (task_id IS NULL)", name=op.f("ck_reminders_of_one_thing")),
        sa.CheckConstraint(
            "(snoozed_until IS NULL) = (snoozed_because IS NULL)", name=op.f("ck_reminders_put_off_has_reason")
        ),
        sa.CheckConstraint("(over_at IS NULL) = (over_because IS NULL)", name=op.f("ck_reminders_over_has_reason")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_reminders_case_id")),
        sa.ForeignKeyConstraint(["deadline_id"], ["deadlines.id"], name=op.f("fk_reminders_deadline_id")),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_reminders_task_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_reminders_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminders")),
        sa.UniqueConstraint("effect_key", name=op.f("uq_reminders_effect_key")),
    )
    op.create_index(op.f("ix_reminders_case_id"), "reminders", ["case_id"])
    op.create_index("ix_reminders_by_deadline", "reminders", ["deadline_id", "stage"])
    op.create_index("ix_reminders_by_task", "reminders", ["task_id", "stage"])
    some = {
        "ix_reminders_open": (["user_id", "due_on", "id"], "over_at IS NULL"),
        "ix_reminders_to_email": (["id"], "emailed_at IS NULL AND over_at IS NULL"),
    }
    for name, (columns, condition) in some.items():
        where = sa.text(condition)
        op.create_index(name, "reminders", columns, sqlite_where=where, postgresql_where=where)
    op.create_table(
        "reminder_plans",
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("days_before", sa.String(), nullable=False),
        sa.Column("on_the_day", sa.Boolean(), nullable=False),
        sa.Column("after", sa.Boolean(), nullable=False),
        sa.Column("escalate_after", sa.Integer(), nullable=True),
        sa.Column("manager_from", sa.Integer(), nullable=True),
        sa.Column("legal", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("escalate_after >= 0", name=op.f("ck_reminder_plans_escalates_later")),
        sa.CheckConstraint("manager_from >= 0", name=op.f("ck_reminder_plans_manager_told_before")),
        sa.PrimaryKeyConstraint("rule", name=op.f("pk_reminder_plans")),
    )
    op.create_table(
        "reminder_choices",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column(
            "delivery",
            sa.Enum(*DELIVERIES, name="delivery", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("feed_hash", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_reminder_choices_user_id")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_reminder_choices")),
        sa.UniqueConstraint("feed_hash", name=op.f("uq_reminder_choices_feed_hash")),
    )


def downgrade() -> None:
    for table in ("reminder_choices", "reminder_plans", "reminders"):
        op.drop_table(table)
