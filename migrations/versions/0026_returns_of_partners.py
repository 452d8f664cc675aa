"""When partners return their figures, how far a value can be relied on, and why a later one took its place."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

SERIES, VALUES = "partner_series", "partner_values"
RHYTHM_HAS_DAYS = "(rhythm IS NULL) = (due_after_days IS NULL) AND (rhythm IS NULL) = (returns_from IS NULL)"


def upgrade() -> None:
    with op.batch_alter_table(SERIES) as series:
        series.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        series.add_column(sa.Column("supplied_by", sa.String(), nullable=True))
        series.add_column(sa.Column("contact_email", sa.String(), nullable=True))
        series.add_column(sa.Column("rhythm", sa.String(length=40), nullable=True))
        series.add_column(sa.Column("due_after_days", sa.Integer(), nullable=True))
        series.add_column(sa.Column("returns_from", sa.Date(), nullable=True))
    with op.batch_alter_table(SERIES) as series:
        series.alter_column("version", server_default=None)
        series.create_check_constraint(op.f("ck_partner_series_rhythm"), "rhythm IN ('month', 'quarter', 'year')")
        series.create_check_constraint(op.f("ck_partner_series_rhythm_has_days"), RHYTHM_HAS_DAYS)
    with op.batch_alter_table(VALUES) as values:
        values.add_column(sa.Column("confidence", sa.String(length=40), nullable=True))
        values.add_column(sa.Column("because", sa.String(), nullable=True))
        values.add_column(sa.Column("entered_by_id", sa.Integer(), nullable=True))
    with op.batch_alter_table(VALUES) as values:
        values.create_check_constraint(
            op.f("ck_partner_values_confidence"), "confidence IN ('firm', 'provisional', 'estimate')"
        )
        values.create_foreign_key(op.f("fk_partner_values_entered_by_id"), "users", ["entered_by_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table(VALUES) as values:
        values.drop_constraint(op.f("fk_partner_values_entered_by_id"), type_="foreignkey")
        values.drop_constraint(op.f("ck_partner_values_confidence"), type_="check")
    with op.batch_alter_table(VALUES) as values:
        for column in ("entered_by_id", "because", "confidence"):
            values.drop_column(column)
    with op.batch_alter_table(SERIES) as series:
        series.drop_constraint(op.f("ck_partner_series_rhythm_has_days"), type_="check")
        series.drop_constraint(op.f("ck_partner_series_rhythm"), type_="check")
    with op.batch_alter_table(SERIES) as series:
        for column in ("returns_from", "due_after_days", "rhythm", "contact_email", "supplied_by", "version"):
            series.drop_column(column)
