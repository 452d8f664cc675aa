"""What happened later about an out-of-hours request: added, and never changed."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

TABLE = "complaint_updates"
REFUSED = f"{TABLE} is only ever added to"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column(
            "response",
            sa.Enum(
                "visit",
                "contact",
                "none",
                name="outofhoursresponse",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("response_before", sa.String(), nullable=True),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("arrived_before", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("length(text) > 0", name=op.f("ck_complaint_updates_says_something")),
        sa.CheckConstraint(
            "response_before IN ('visit', 'contact', 'none')", name=op.f("ck_complaint_updates_response_before_known")
        ),
        sa.CheckConstraint(
            "arrived_at IS NULL OR (response IS NOT NULL AND response = 'visit')",
            name=op.f("ck_complaint_updates_arrival_needs_visit"),
        ),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaints.id"], name=op.f("fk_complaint_updates_complaint_id")),
        sa.ForeignKeyConstraint(["author_id"], ["users.id"], name=op.f("fk_complaint_updates_author_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_updates")),
    )
    op.create_index("ix_complaint_updates_by_complaint", TABLE, ["complaint_id", "written_at", "id"])
    if op.get_bind().dialect.name == "sqlite":
        keep_on_sqlite()
    else:
        keep_on_postgresql()


def keep_on_sqlite() -> None:
    """Triggers that refuse to change, remove or replace a row."""
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
    op.execute(f"CREATE TRIGGER {TABLE}_not_changed BEFORE UPDATE ON {TABLE} {refuse}")
    op.execute(f"CREATE TRIGGER {TABLE}_not_removed BEFORE DELETE ON {TABLE} {refuse}")
    op.execute(
        f"CREATE TRIGGER {TABLE}_not_replaced BEFORE INSERT ON {TABLE}"
        f" WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id) {refuse}"
    )


def keep_on_postgresql() -> None:
    """The same for PostgreSQL, where a table can also be emptied at a stroke."""
    op.execute(
        f"CREATE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" RAISE EXCEPTION '{REFUSED}'; END $$"
    )
    for name, event, each in (
        ("changed", "UPDATE", "ROW"),
        ("removed", "DELETE", "ROW"),
        ("emptied", "TRUNCATE", "STATEMENT"),
    ):
        op.execute(
            f"CREATE TRIGGER {TABLE}_not_{name} BEFORE {event} ON {TABLE} FOR EACH {each}"
            f" EXECUTE FUNCTION {TABLE}_refuse()"
        )


def downgrade() -> None:
    op.drop_table(TABLE)
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"DROP FUNCTION {TABLE}_refuse()")
