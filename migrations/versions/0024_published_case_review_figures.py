"""What was published about case reviews: added, and never changed."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

TABLE = "case_review_publications"
REFUSED = f"{TABLE} is only ever added to"
NUMBERS = ("applications", "threshold_not_met", "reviews_held", "with_recommendations")


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        *(sa.Column(column, sa.Integer(), nullable=False) for column in NUMBERS),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("notes", sa.String(), nullable=False),
        sa.Column("by_ward", sa.String(), nullable=True),
        sa.Column("because", sa.String(), nullable=True),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("last_on >= first_on", name=op.f(f"ck_{TABLE}_days_in_order")),
        sa.CheckConstraint(
            "number >= 1 AND (number = 1) = (because IS NULL)", name=op.f(f"ck_{TABLE}_correction_has_reason")
        ),
        sa.CheckConstraint(
            " AND ".join(f"{column} >= 0" for column in NUMBERS),
            name=op.f(f"ck_{TABLE}_counted"),
        ),
        sa.ForeignKeyConstraint(["published_by_id"], ["users.id"], name=op.f(f"fk_{TABLE}_published_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.UniqueConstraint("first_on", "last_on", "number", name=op.f(f"uq_{TABLE}_number")),
    )
    (keep_on_sqlite if op.get_bind().dialect.name == "sqlite" else keep_on_postgresql)()


def keep_on_sqlite() -> None:
    """Triggers that refuse to change, remove or replace a row."""
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
    op.execute(f"CREATE TRIGGER {TABLE}_not_changed BEFORE UPDATE ON {TABLE} {refuse}")
    op.execute(f"CREATE TRIGGER {TABLE}_not_removed BEFORE DELETE ON {TABLE} {refuse}")
    op.execute(
        f"CREATE TRIGGER {TABLE}_not_replaced BEFORE INSERT ON {TABLE} WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE"
        f" id = NEW.id OR (first_on = NEW.first_on AND last_on = NEW.last_on AND number = NEW.number)) {refuse}"
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
