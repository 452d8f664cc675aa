"""Contact warnings: what staff must know before they visit, telephone or serve a document."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "contact_warnings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("precautions", sa.String(), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=True),
        sa.Column("set_on", sa.Date(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("follows_id", sa.Integer(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_reason", sa.String(), nullable=True),
        sa.CheckConstraint("review_on > set_on", name=op.f("ck_contact_warnings_reviewed_after_it_is_set")),
        sa.CheckConstraint("ended_on IS NULL OR ended_on >= set_on", name=op.f("ck_contact_warnings_days_in_order")),
        sa.CheckConstraint(
            "(ended_on IS NULL) = (ended_reason IS NULL)", name=op.f("ck_contact_warnings_ended_has_reason")
        ),
        sa.CheckConstraint(
            "length(reason) > 0 AND length(precautions) > 0", name=op.f("ck_contact_warnings_says_what")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_contact_warnings_person_id")),
        sa.ForeignKeyConstraint(["set_by_id"], ["users.id"], name=op.f("fk_contact_warnings_set_by_id")),
        sa.ForeignKeyConstraint(["ended_by_id"], ["users.id"], name=op.f("fk_contact_warnings_ended_by_id")),
        sa.ForeignKeyConstraint(["follows_id"], ["contact_warnings.id"], name=op.f("fk_contact_warnings_follows_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_warnings")),
    )
    op.create_index("ix_contact_warnings_of", "contact_warnings", ["person_id", "ended_on"])


def downgrade() -> None:
    op.drop_table("contact_warnings")
