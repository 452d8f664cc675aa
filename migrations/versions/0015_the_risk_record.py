"""The risk record: versions of the matrix, assessments by it, and the clocks that ask for the next one."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def level(name: str) -> sa.Enum:
    return sa.Enum("standard", "medium", "high", name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        "risk_templates",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("because", sa.String(), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("version > 1", name=op.f("ck_risk_templates_first_version_ships")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["users.id"], name=op.f("fk_risk_templates_entered_by_id")),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_risk_templates")),
    )
    op.create_table(
        "risk_assessments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("template_version", sa.Integer(), nullable=False),
        sa.Column("answers", sa.String(), nullable=False),
        sa.Column("signs", sa.String(), nullable=False),
        sa.Column("child_at_risk", sa.Boolean(), nullable=False),
        sa.Column("adult_at_risk", sa.Boolean(), nullable=False),
        sa.Column("hate", sa.Boolean(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("scored_level", level("scoredlevel"), nullable=False),
        sa.Column("level", level("risklevel"), nullable=False),
        sa.Column("level_reason", sa.String(), nullable=True),
        sa.Column("level_set_by_id", sa.Integer(), nullable=True),
        sa.Column("level_set_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("working", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("assessed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("assessor_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("points >= 0", name=op.f("ck_risk_assessments_points_counted")),
        sa.CheckConstraint(
            "level = scored_level OR level_reason IS NOT NULL",
            name=op.f("ck_risk_assessments_another_level_has_reason"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_risk_assessments_case_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_risk_assessments_person_id")),
        sa.ForeignKeyConstraint(["level_set_by_id"], ["users.id"], name=op.f("fk_risk_assessments_level_set_by_id")),
        sa.ForeignKeyConstraint(["assessor_id"], ["users.id"], name=op.f("fk_risk_assessments_assessor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_risk_assessments")),
    )
    op.create_index("ix_risk_assessments_by_case", "risk_assessments", ["case_id", "person_id", "id"])
    op.create_index(op.f("ix_risk_assessments_person_id"), "risk_assessments", ["person_id"])
    # Written out, since SQLite takes a reference with a new column and in no other way without copying the table.
    op.execute(
        "ALTER TABLE deadlines ADD COLUMN risk_assessment_id INTEGER"
        " CONSTRAINT fk_deadlines_risk_assessment_id REFERENCES risk_assessments (id)"
    )
    op.create_index(op.f("ix_deadlines_risk_assessment_id"), "deadlines", ["risk_assessment_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_deadlines_risk_assessment_id"), "deadlines")
    with op.batch_alter_table("deadlines") as deadlines:
        deadlines.drop_column("risk_assessment_id")
    op.drop_table("risk_assessments")
    op.drop_table("risk_templates")
