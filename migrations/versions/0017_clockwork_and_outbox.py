"""The clockwork: who keeps the time, what its jobs did, and e-mails that wait to be sent."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

STATES = ("queued", "sending", "sent", "given_up")


def upgrade() -> None:
    op.create_table(
        "leases",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=True),
        sa.Column("beat", sa.Integer(), nullable=False),
        sa.Column("held_since", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(holder IS NULL) = (held_since IS NULL)", name=op.f("ck_leases_held_since_a_moment")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_leases")),
    )
    op.create_table(
        "job_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("job", sa.String(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(), nullable=True),
        sa.CheckConstraint("done >= 0 AND failed >= 0", name=op.f("ck_job_runs_counted_from_nothing")),
        sa.CheckConstraint("asked_by IN ('schedule', 'console', 'page')", name=op.f("ck_job_runs_asked_by_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_runs")),
    )
    op.create_index("ix_job_runs_by_job", "job_runs", ["job", "id"])
    op.create_table(
        "emails",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("effect_key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("html", sa.String(), nullable=True),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(*STATES, name="emailstate", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("sender", sa.String(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.String(), nullable=True),
        sa.CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name=op.f("ck_emails_sent_at_a_moment")),
        sa.CheckConstraint("(state = 'sending') = (sender IS NOT NULL)", name=op.f("ck_emails_sending_by_somebody")),
        sa.CheckConstraint("tries >= 0", name=op.f("ck_emails_tries_counted")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_emails_case_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_emails_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_emails")),
        sa.UniqueConstraint("effect_key", name=op.f("uq_emails_effect_key")),
        sa.UniqueConstraint("message_id", name=op.f("uq_emails_message_id")),
    )
    op.create_index(op.f("ix_emails_case_id"), "emails", ["case_id"])
    op.create_index("ix_emails_waiting", "emails", ["state", "id"])
    op.create_index("ix_emails_newest", "emails", ["queued_at", "id"])
    op.create_index("ix_emails_by_user", "emails", ["user_id", "id"])


def downgrade() -> None:
    for table in ("emails", "job_runs", "leases"):
        op.drop_table(table)
