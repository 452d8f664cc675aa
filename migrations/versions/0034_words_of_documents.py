"""The council's own words in documents, version by version. Only added to."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

ONLY_ADDED = "wording_versions is only ever added to"


def upgrade() -> None:
    op.create_table(
        "wording_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("version > 0", name=op.f("ck_wording_versions_counted_from_one")),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_wording_versions_says_why")),
        sa.ForeignKeyConstraint(["written_by_id"], ["users.id"], name=op.f("fk_wording_versions_written_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wording_versions")),
        sa.UniqueConstraint("code", "version", name=op.f("uq_wording_versions_code_version")),
    )
    if op.get_bind().dialect.name == "sqlite":
        refuse = f"BEGIN SELECT RAISE(ABORT, '{ONLY_ADDED}'); END"
        for name, when in (("changed", "UPDATE"), ("deleted", "DELETE")):
            op.execute(f"CREATE TRIGGER wording_versions_not_{name} BEFORE {when} ON wording_versions {refuse}")
        return
    op.execute(
        "CREATE FUNCTION wording_versions_refuse() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{ONLY_ADDED}'; END $$"
    )
    for name, when, each in (
        ("changed", "UPDATE", "ROW"), ("deleted", "DELETE", "ROW"), ("emptied", "TRUNCATE", "STATEMENT"),
    ):  # fmt: skip
        op.execute(
            f"CREATE TRIGGER wording_versions_not_{name} BEFORE {when} ON wording_versions FOR EACH {each}"
            " EXECUTE FUNCTION wording_versions_refuse()"
        )


def downgrade() -> None:
    op.drop_table("wording_versions")
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION wording_versions_refuse()")
