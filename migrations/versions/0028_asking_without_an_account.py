"""What somebody without an account types until it is sent, and how often the public knocks."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "public_drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answers", sa.String(), nullable=False),
        sa.Column("case_review_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("case_review_id IS NULL OR answers = '{}'", name=op.f("ck_public_drafts_sent_is_emptied")),
        sa.ForeignKeyConstraint(["case_review_id"], ["case_reviews.id"], name=op.f("fk_public_drafts_case_review_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_drafts")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_public_drafts_token_hash")),
    )
    op.create_index(op.f("ix_public_drafts_touched_at"), "public_drafts", ["touched_at"])
    op.create_index(op.f("ix_public_drafts_case_review_id"), "public_drafts", ["case_review_id"])
    op.create_table(
        "public_knocks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "door",
            sa.Enum("begin", "send", name="door", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("address_hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_knocks")),
    )
    op.create_index("ix_public_knocks_address", "public_knocks", ["door", "address_hash", "at"])
    op.create_index("ix_public_knocks_at", "public_knocks", ["door", "at"])


def downgrade() -> None:
    op.drop_table("public_knocks")
    op.drop_table("public_drafts")
