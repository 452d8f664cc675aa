"""What people say about files: descriptions and marks, beside the files' own rows, which never change."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "file_descriptions",
        sa.Column("attachment_id", sa.Integer(), nullable=False),
        sa.Column("description", sa.String(), nullable=True),
        sa.Column("taken_on", sa.Date(), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_by", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "taken_at IS NULL OR taken_on IS NOT NULL", name=op.f("ck_file_descriptions_moment_has_day")
        ),
        sa.ForeignKeyConstraint(["attachment_id"], ["attachments.id"], name=op.f("fk_file_descriptions_attachment_id")),
        sa.PrimaryKeyConstraint("attachment_id", name=op.f("pk_file_descriptions")),
    )
    op.create_table(
        "file_marks",
        sa.Column("attachment_id", sa.Integer(), nullable=False),
        sa.Column(
            "mark",
            sa.Enum(
                "evidence", "third_party", "reporter_identity", "legal_privilege",
                name="filemark", native_enum=False, create_constraint=True, length=40,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["attachment_id"], ["attachments.id"], name=op.f("fk_file_marks_attachment_id")),
        sa.PrimaryKeyConstraint("attachment_id", "mark", name=op.f("pk_file_marks")),
    )  # fmt: skip


def downgrade() -> None:
    op.drop_table("file_marks")
    op.drop_table("file_descriptions")
