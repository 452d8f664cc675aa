"""What a complaint tells: when it happened in words, whether it goes on, how to reach whoever made it safely, whom it is
about, and whose it was found to be."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

COLUMNS = ("occurred_when", "safe_contact", "referred_to")


def upgrade() -> None:
    for name in COLUMNS:
        op.add_column("complaints", sa.Column(name, sa.String(), nullable=True))
    op.add_column("complaints", sa.Column("still_going_on", sa.Boolean(), nullable=True))
    op.create_table(
        "complaint_subjects",
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaints.id"], name=op.f("fk_complaint_subjects_complaint_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_complaint_subjects_person_id")),
        sa.PrimaryKeyConstraint("complaint_id", "person_id", name=op.f("pk_complaint_subjects")),
    )
    op.create_index(op.f("ix_complaint_subjects_person_id"), "complaint_subjects", ["person_id"])
    op.create_index(op.f("ix_intervention_evidence_complaint_id"), "intervention_evidence", ["complaint_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_intervention_evidence_complaint_id"), table_name="intervention_evidence")
    op.drop_table("complaint_subjects")
    for name in (*COLUMNS, "still_going_on"):
        op.drop_column("complaints", name)
