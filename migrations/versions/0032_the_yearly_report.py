"""The yearly report that people write, and what was signed of it."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

#: What is only ever added to.
SIGNED = ("annual_report_editions", "annual_report_outputs")
TABLES = (
    "annual_report_outputs", "annual_report_comments", "annual_report_blocks", "annual_report_sections",
    "annual_report_editions", "annual_report_cover_lines", "annual_report_appendices", "annual_reports",
)  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "annual_reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("comparisons", sa.String(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_by_id", sa.Integer(), nullable=True),
        sa.Column("carried_from_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("year BETWEEN 1900 AND 2200", name=op.f("ck_annual_reports_year_is_one")),
        sa.ForeignKeyConstraint(
            ["carried_from_id"], ["annual_reports.id"], name=op.f("fk_annual_reports_carried_from_id")
        ),
        sa.ForeignKeyConstraint(["started_by_id"], ["users.id"], name=op.f("fk_annual_reports_started_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annual_reports")),
        sa.UniqueConstraint("year", name=op.f("uq_annual_reports_year")),
    )
    op.create_table(
        "annual_report_appendices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_annual_report_appendices_hash_is_whole")),
        sa.ForeignKeyConstraint(["added_by_id"], ["users.id"], name=op.f("fk_annual_report_appendices_added_by_id")),
        sa.ForeignKeyConstraint(
            ["report_id"], ["annual_reports.id"], name=op.f("fk_annual_report_appendices_report_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annual_report_appendices")),
    )
    op.create_index(op.f("ix_annual_report_appendices_report_id"), "annual_report_appendices", ["report_id"])

    op.create_table(
        "annual_report_cover_lines",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["report_id"], ["annual_reports.id"], name=op.f("fk_annual_report_cover_lines_report_id")
        ),
        sa.PrimaryKeyConstraint("report_id", "code", name=op.f("pk_annual_report_cover_lines")),
    )
    op.create_table(
        "annual_report_editions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_by_id", sa.Integer(), nullable=True),
        sa.Column("signed_by_name", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_annual_report_editions_hash_is_whole")),
        sa.ForeignKeyConstraint(["report_id"], ["annual_reports.id"], name=op.f("fk_annual_report_editions_report_id")),
        sa.ForeignKeyConstraint(["signed_by_id"], ["users.id"], name=op.f("fk_annual_report_editions_signed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annual_report_editions")),
        sa.UniqueConstraint("report_id", "number", name=op.f("uq_annual_report_editions_report_id_number")),
    )
    op.create_table(
        "annual_report_sections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("heading", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("approved_by_name", sa.String(), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(approved_at IS NULL) = (approved_by_name IS NULL)",
            name=op.f("ck_annual_report_sections_approval_is_whole"),
        ),
        sa.CheckConstraint("level BETWEEN 1 AND 3", name=op.f("ck_annual_report_sections_level_is_one")),
        sa.ForeignKeyConstraint(
            ["approved_by_id"], ["users.id"], name=op.f("fk_annual_report_sections_approved_by_id")
        ),
        sa.ForeignKeyConstraint(["report_id"], ["annual_reports.id"], name=op.f("fk_annual_report_sections_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annual_report_sections")),
    )
    op.create_index(op.f("ix_annual_report_sections_in_order"), "annual_report_sections", ["report_id", "place", "id"])

    op.create_table(
        "annual_report_blocks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "text",
                "list",
                "figure",
                "prose",
                name="blockkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column(
            "list_of",
            sa.Enum(
                "members",
                "priorities",
                "work_areas",
                "other",
                name="listof",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("introduction", sa.String(), nullable=True),
        sa.Column("figure", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("wording", sa.String(), nullable=True),
        sa.Column("first", sa.Date(), nullable=True),
        sa.Column("last", sa.Date(), nullable=True),
        sa.Column("compared_with", sa.String(), nullable=True),
        sa.Column(
            "shape",
            sa.Enum(
                "paragraph",
                "runs_on",
                "bullet",
                name="sentenceshape",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("as_sentence", sa.Boolean(), nullable=False),
        sa.Column("as_table", sa.Boolean(), nullable=False),
        sa.Column("as_chart", sa.Boolean(), nullable=False),
        sa.Column(
            "prose",
            sa.Enum(
                "partners",
                "enforcement",
                "out_of_hours",
                "case_reviews",
                "table",
                name="prose",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'figure') = (figure IS NOT NULL)", name=op.f("ck_annual_report_blocks_figure_is_named")
        ),
        sa.CheckConstraint(
            "(kind = 'prose') = (prose IS NOT NULL)", name=op.f("ck_annual_report_blocks_prose_is_named")
        ),
        sa.CheckConstraint("(first IS NULL) = (last IS NULL)", name=op.f("ck_annual_report_blocks_period_is_whole")),
        sa.CheckConstraint("last >= first", name=op.f("ck_annual_report_blocks_days_in_order")),
        sa.ForeignKeyConstraint(
            ["section_id"], ["annual_report_sections.id"], name=op.f("fk_annual_report_blocks_section_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annual_report_blocks")),
    )
    op.create_index(op.f("ix_annual_report_blocks_in_order"), "annual_report_blocks", ["section_id", "place", "id"])

    op.create_table(
        "annual_report_comments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_by_name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["made_by_id"], ["users.id"], name=op.f("fk_annual_report_comments_made_by_id")),
        sa.ForeignKeyConstraint(
            ["section_id"], ["annual_report_sections.id"], name=op.f("fk_annual_report_comments_section_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annual_report_comments")),
    )
    op.create_index(op.f("ix_annual_report_comments_section_id"), "annual_report_comments", ["section_id"])

    op.create_table(
        "annual_report_outputs",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_annual_report_outputs_hash_is_whole")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["annual_report_editions.id"], name=op.f("fk_annual_report_outputs_edition_id")
        ),
        sa.PrimaryKeyConstraint("edition_id", "format", name=op.f("pk_annual_report_outputs")),
    )
    op.create_index(op.f("ix_annual_report_outputs_sha256"), "annual_report_outputs", ["sha256"])
    for table in SIGNED:
        keep(table)


def keep(table: str) -> None:
    """Refuse every change and every deletion of a row."""
    told = f"{table} is only ever added to"
    if op.get_bind().dialect.name == "sqlite":
        refuse = f"BEGIN SELECT RAISE(ABORT, '{told}'); END"
        op.execute(f"CREATE TRIGGER {table}_not_changed BEFORE UPDATE ON {table} {refuse}")
        op.execute(f"CREATE TRIGGER {table}_not_deleted BEFORE DELETE ON {table} {refuse}")
        key = "id = NEW.id" if table == SIGNED[0] else "edition_id = NEW.edition_id AND format = NEW.format"
        op.execute(
            f"CREATE TRIGGER {table}_not_replaced BEFORE INSERT ON {table}"
            f" WHEN EXISTS (SELECT 1 FROM {table} WHERE {key}) {refuse}"
        )
        return
    op.execute(
        f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{told}'; END $$"
    )
    for name, when in (
        ("changed", f"BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW"),
        ("emptied", f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT"),
    ):
        op.execute(f"CREATE TRIGGER {table}_not_{name} {when} EXECUTE FUNCTION {table}_refuse()")


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    if op.get_bind().dialect.name != "sqlite":
        for table in SIGNED:
            op.execute(f"DROP FUNCTION {table}_refuse()")
