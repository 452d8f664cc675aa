"""Documents as they left. Only added to: of a row nothing changes but what a merge of cases or people renames."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

ONLY_ADDED = "frozen_documents is only ever added to"
#: A merge of two cases, or of two people, renames what the rows hang on.
RENAMED = ("case_id", "recipient_id")
KEPT = (
    "id", "kind", "title", "number", "intervention_id", "case_review_id", "complaint_id", "contact_entry_id", "template", "template_version",
    "block_version", "data", "sha256", "size_bytes", "media_type", "made_with", "made_at", "made_by_id",
)  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "frozen_documents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in ("case_id", "intervention_id", "case_review_id")),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in ("complaint_id", "contact_entry_id", "recipient_id")),
        sa.Column("template", sa.String(), nullable=False),
        sa.Column("template_version", sa.String(), nullable=False),
        sa.Column("block_version", sa.String(), nullable=True),
        sa.Column("data", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("made_with", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "case_id IS NOT NULL OR case_review_id IS NOT NULL OR complaint_id IS NOT NULL",
            name=op.f("ck_frozen_documents_hangs_on_something"),
        ),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_frozen_documents_hash_is_whole")),
        sa.CheckConstraint("size_bytes > 0", name=op.f("ck_frozen_documents_says_something")),
        *(
            sa.ForeignKeyConstraint([name], [f"{table}.id"], name=op.f(f"fk_frozen_documents_{name}"))
            for name, table in (
                ("case_id", "cases"), ("intervention_id", "interventions"), ("case_review_id", "case_reviews"),
                ("complaint_id", "complaints"), ("contact_entry_id", "contact_entries"), ("recipient_id", "people"), ("made_by_id", "users"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frozen_documents")),
    )  # fmt: skip
    for name in ("intervention", "case", "complaint", "case_review"):
        op.create_index(op.f(f"ix_frozen_documents_of_{name}"), "frozen_documents", [f"{name}_id", "id"])
    for column in ("recipient_id", "sha256"):
        op.create_index(op.f(f"ix_frozen_documents_{column}"), "frozen_documents", [column])
    guard()


def guard() -> None:
    """Refuse every deletion, and every change of what is kept."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    same = "IS" if sqlite else "IS NOT DISTINCT FROM"
    unchanged = " AND ".join(f"NEW.{column} {same} OLD.{column}" for column in KEPT)
    if sqlite:
        refuse = f"BEGIN SELECT RAISE(ABORT, '{ONLY_ADDED}'); END"
        op.execute(
            f"CREATE TRIGGER frozen_documents_not_changed BEFORE UPDATE ON frozen_documents WHEN NOT ({unchanged}) {refuse}"
        )
        op.execute(f"CREATE TRIGGER frozen_documents_not_deleted BEFORE DELETE ON frozen_documents {refuse}")
        return
    op.execute(
        "CREATE FUNCTION frozen_documents_refuse() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{ONLY_ADDED}'; END $$"
    )
    refuse = "EXECUTE FUNCTION frozen_documents_refuse()"
    for name, when in (
        ("changed", f"BEFORE UPDATE ON frozen_documents FOR EACH ROW WHEN (NOT ({unchanged}))"),
        ("deleted", "BEFORE DELETE ON frozen_documents FOR EACH ROW"),
        ("emptied", "BEFORE TRUNCATE ON frozen_documents FOR EACH STATEMENT"),
    ):
        op.execute(f"CREATE TRIGGER frozen_documents_not_{name} {when} {refuse}")


def downgrade() -> None:
    op.drop_table("frozen_documents")
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION frozen_documents_refuse()")
