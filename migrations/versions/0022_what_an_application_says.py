"""What an application for a case review says: who applies, for whom and how, and the complaints that it names."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

TYPED = ("on_behalf_of", "words", "effect", "contact_name", "contact_email", "contact_phone", "contact_address")
CODED = {
    "channel": ("applicationchannel", ("web", "phone", "letter", "in_person", "email")),
    "applicant_role": (
        "applicantrole",
        ("victim", "relative", "friend", "councillor", "mp", "professional", "other"),
    ),
    "victim_consent": ("victimconsent", ("yes", "no", "not_asked")),
}
FOR_THEMSELVES = "applicant_role IS NULL OR applicant_role <> 'victim' OR on_behalf_of IS NULL"


def upgrade() -> None:
    with op.batch_alter_table("case_reviews") as reviews:
        for column in (*TYPED, "safe_contact"):
            reviews.add_column(sa.Column(column, sa.String(), nullable=True))
        for column in CODED:
            reviews.add_column(sa.Column(column, sa.String(length=40), nullable=True))
    with op.batch_alter_table("case_reviews") as reviews:
        for column, (name, codes) in CODED.items():
            listed = ", ".join(f"'{code}'" for code in codes)
            reviews.create_check_constraint(op.f(f"ck_case_reviews_{name}"), f"{column} IN ({listed})")
        reviews.create_check_constraint(op.f("ck_case_reviews_victim_for_themselves"), FOR_THEMSELVES)
    op.create_table(
        "case_review_complaints",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_review_id", sa.Integer(), nullable=False),
        sa.Column("complainant", sa.String(), nullable=True),
        sa.Column("incident", sa.String(), nullable=True),
        sa.Column("occurred_on", sa.Date(), nullable=True),
        sa.Column("made_on", sa.Date(), nullable=True),
        sa.Column("body", sa.String(), nullable=True),
        sa.Column("description", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_review_id"], ["case_reviews.id"], name=op.f("fk_case_review_complaints_case_review_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_review_complaints")),
    )
    op.create_index(op.f("ix_case_review_complaints_case_review_id"), "case_review_complaints", ["case_review_id"])


def downgrade() -> None:
    op.drop_table("case_review_complaints")
    with op.batch_alter_table("case_reviews") as reviews:
        reviews.drop_constraint(op.f("ck_case_reviews_victim_for_themselves"), type_="check")
        for name, _ in CODED.values():
            reviews.drop_constraint(op.f(f"ck_case_reviews_{name}"), type_="check")
    with op.batch_alter_table("case_reviews") as reviews:
        for column in (*CODED, "safe_contact", *reversed(TYPED)):
            reviews.drop_column(column)
