"""One-time links for accounts; versions of what administrators edit; corrected values of a day beside those they replace."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

PURPOSES = ("invitation", "reset", "forgotten", "address_change")
VERSIONED = ("teams", "partner_bodies", "authorisations", "categories", "wards", "record_coverages")
ONE_A_DAY = "uq_policy_values_code_from_on"


def upgrade() -> None:
    op.create_table(
        "account_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(*PURPOSES, name="linkpurpose", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("new_email", sa.String(), nullable=True),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(purpose = 'address_change') = (new_email IS NOT NULL)", name=op.f("ck_account_links_names_address")
        ),
        sa.CheckConstraint("used_at IS NULL OR withdrawn_at IS NULL", name=op.f("ck_account_links_over_once")),
        sa.ForeignKeyConstraint(["made_by_id"], ["users.id"], name=op.f("fk_account_links_made_by_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_account_links_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_links")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_account_links_token_hash")),
    )
    op.create_index(op.f("ix_account_links_user_id"), "account_links", ["user_id"])
    op.create_index(op.f("ix_account_links_expires_at"), "account_links", ["expires_at"])
    op.add_column("emails", sa.Column("link", sa.String(), nullable=True))
    for table in VERSIONED:
        op.add_column(table, sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("teams", sa.Column("active", sa.Boolean(), nullable=False, server_default=sa.true()))
    with op.batch_alter_table("policy_values") as values:
        values.drop_constraint(op.f(ONE_A_DAY), type_="unique")
        values.create_index("ix_policy_values_of", ["code", "from_on", "id"])


def downgrade() -> None:
    op.execute("DELETE FROM policy_values WHERE id NOT IN (SELECT max(id) FROM policy_values GROUP BY code, from_on)")
    with op.batch_alter_table("policy_values") as values:
        values.drop_index("ix_policy_values_of")
        values.create_unique_constraint(op.f(ONE_A_DAY), ["code", "from_on"])
    op.drop_column("teams", "active")
    for table in VERSIONED:
        op.drop_column(table, "version")
    op.drop_column("emails", "link")
    op.drop_table("account_links")
