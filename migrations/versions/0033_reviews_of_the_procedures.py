"""Reviews of how well the case review procedures work: added, and never changed."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

TABLE = "procedure_reviews"
REFUSED = f"{TABLE} is only ever added to"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year_first_on", sa.Date(), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=False),
        sa.Column("policing_body", sa.String(), nullable=True),
        sa.Column("landlords", sa.String(), nullable=True),
        sa.Column("others", sa.String(), nullable=True),
        sa.Column("findings", sa.String(), nullable=False),
        sa.Column("changes", sa.String(), nullable=True),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("because", sa.String(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(corrects_id IS NULL) = (because IS NULL)", name=op.f(f"ck_{TABLE}_correction_has_reason")),
        sa.CheckConstraint(
            "corrects_id IS NULL OR corrects_id <> id", name=op.f(f"ck_{TABLE}_does_not_correct_itself")
        ),
        sa.CheckConstraint("length(findings) > 0", name=op.f(f"ck_{TABLE}_says_something")),
        sa.ForeignKeyConstraint(["corrects_id"], [f"{TABLE}.id"], name=op.f(f"fk_{TABLE}_corrects_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["users.id"], name=op.f(f"fk_{TABLE}_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.UniqueConstraint("corrects_id", name=op.f(f"uq_{TABLE}_corrects_id")),
    )
    op.create_index("ix_procedure_reviews_by_year", TABLE, ["year_first_on", "id"])
    (keep_on_sqlite if op.get_bind().dialect.name == "sqlite" else keep_on_postgresql)()


def keep_on_sqlite() -> None:
    """Triggers that refuse to change, remove or replace a row."""
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
    op.execute(f"CREATE TRIGGER {TABLE}_not_changed BEFORE UPDATE ON {TABLE} {refuse}")
    op.execute(f"CREATE TRIGGER {TABLE}_not_removed BEFORE DELETE ON {TABLE} {refuse}")
    op.execute(
        f"CREATE TRIGGER {TABLE}_not_replaced BEFORE INSERT ON {TABLE} WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE"
        f" id = NEW.id OR corrects_id = NEW.corrects_id) {refuse}"
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
