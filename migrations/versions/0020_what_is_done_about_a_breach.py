"""What was done about an alleged breach beside a penalty and a prosecution: work in default (s.47), a warrant (s.51)."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

KINDS = (
    "work_notice", "recipient_consented", "owner_consented", "owner_not_reached", "recipient_is_owner", "consent_refused",
    "work_open_air", "work_elsewhere", "cost_notice", "cost_appeal", "warrant_applied", "warrant_refused",
    "warrant_issued", "item_seized", "item_returned", "item_forfeited",
)  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "measures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("intervention_id", sa.Integer(), nullable=False),
        sa.Column("breach_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(*KINDS, name="measurekind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("amount_pence", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("import_id", sa.Integer(), nullable=True),
        sa.Column("entered_in_error_on", sa.Date(), nullable=True),
        sa.Column("entered_in_error_reason", sa.String(), nullable=True),
        sa.CheckConstraint("amount_pence > 0", name=op.f("ck_measures_amount_is_positive")),
        sa.CheckConstraint(
            "(amount_pence IS NOT NULL) = (kind IN ('work_notice', 'work_open_air', 'work_elsewhere', 'cost_notice'))",
            name=op.f("ck_measures_amount_where_one_is_named"),
        ),
        sa.CheckConstraint(
            "(entered_in_error_on IS NULL) = (entered_in_error_reason IS NULL)",
            name=op.f("ck_measures_entered_in_error_has_reason"),
        ),
        sa.ForeignKeyConstraint(["breach_id"], ["alleged_breaches.id"], name=op.f("fk_measures_breach_id")),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name=op.f("fk_measures_import_id")),
        sa.ForeignKeyConstraint(["intervention_id"], ["interventions.id"], name=op.f("fk_measures_intervention_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["users.id"], name=op.f("fk_measures_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measures")),
    )
    op.create_index("ix_measures_by_breach", "measures", ["breach_id", "id"])
    op.create_index("ix_measures_by_intervention", "measures", ["intervention_id", "id"])
    op.create_index(op.f("ix_measures_import_id"), "measures", ["import_id"])


def downgrade() -> None:
    op.drop_table("measures")
