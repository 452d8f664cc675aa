"""Cases that are linked, and cases that are merged: what a merge moved, and that a note goes nowhere else than along one."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

#: What may change of a note: that it is withheld, and to which of two merged cases it belongs.
WITHHELD = ("withheld_on", "withheld_because")
MERGED = (
    "EXISTS (SELECT 1 FROM case_merges WHERE (kept_id = NEW.case_id AND merged_id = OLD.case_id)"
    " OR (kept_id = OLD.case_id AND merged_id = NEW.case_id))"
)
ONLY_ADDED = "notes is only ever added to"
STANDS = sa.text("undone_on IS NULL")


def upgrade() -> None:
    op.create_table(
        "case_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lower_id", sa.Integer(), nullable=False),
        sa.Column("higher_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                *("related", "same_subject", "same_place", "counter_allegation"),
                name="linkkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("linked_on", sa.Date(), nullable=False),
        sa.Column("linked_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint("lower_id < higher_id", name=op.f("ck_case_links_two_cases_in_order")),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_case_links_says_why")),
        sa.CheckConstraint("ended_on IS NULL OR ended_on >= linked_on", name=op.f("ck_case_links_days_in_order")),
        sa.ForeignKeyConstraint(["lower_id"], ["cases.id"], name=op.f("fk_case_links_lower_id")),
        sa.ForeignKeyConstraint(["higher_id"], ["cases.id"], name=op.f("fk_case_links_higher_id")),
        sa.ForeignKeyConstraint(["linked_by_id"], ["users.id"], name=op.f("fk_case_links_linked_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_links")),
    )
    op.create_index("ix_case_links_lower", "case_links", ["lower_id", "ended_on"])
    op.create_index("ix_case_links_higher", "case_links", ["higher_id", "ended_on"])
    op.create_table(
        "case_merges",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kept_id", sa.Integer(), nullable=False),
        sa.Column("merged_id", sa.Integer(), nullable=False),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("merged_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("undone_on", sa.Date(), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.Column("undone_because", sa.String(), nullable=True),
        sa.CheckConstraint("kept_id <> merged_id", name=op.f("ck_case_merges_two_cases")),
        sa.CheckConstraint(
            "(undone_on IS NULL) = (undone_because IS NULL)", name=op.f("ck_case_merges_undone_has_reason")
        ),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_case_merges_says_why")),
        sa.ForeignKeyConstraint(["kept_id"], ["cases.id"], name=op.f("fk_case_merges_kept_id")),
        sa.ForeignKeyConstraint(["merged_id"], ["cases.id"], name=op.f("fk_case_merges_merged_id")),
        sa.ForeignKeyConstraint(["merged_by_id"], ["users.id"], name=op.f("fk_case_merges_merged_by_id")),
        sa.ForeignKeyConstraint(["undone_by_id"], ["users.id"], name=op.f("fk_case_merges_undone_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_merges")),
    )
    op.create_index("ix_case_merges_kept", "case_merges", ["kept_id", "id"])
    op.create_index(
        "uq_case_merges_standing",
        "case_merges",
        ["merged_id"],
        unique=True,
        sqlite_where=STANDS,
        postgresql_where=STANDS,
    )
    op.create_table(
        "case_merge_rows",
        sa.Column("merge_id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("row_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["merge_id"], ["case_merges.id"], name=op.f("fk_case_merge_rows_merge_id")),
        sa.PrimaryKeyConstraint("merge_id", "table_name", "row_id", name=op.f("pk_case_merge_rows")),
    )
    op.create_index("ix_case_merge_rows_row", "case_merge_rows", ["table_name", "row_id"])
    # Written out, since SQLite takes a reference with a new column and in no other way without copying the table.
    op.execute(
        "ALTER TABLE cases ADD COLUMN merged_into_id INTEGER CONSTRAINT fk_cases_merged_into_id REFERENCES cases (id)"
    )
    op.create_index(op.f("ix_cases_merged_into_id"), "cases", ["merged_into_id"])
    guard_notes(*WITHHELD, "case_id")
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER notes_not_moved BEFORE UPDATE ON notes WHEN NEW.case_id IS NOT OLD.case_id AND NOT {MERGED}"
            f" BEGIN SELECT RAISE(ABORT, '{ONLY_ADDED}'); END"
        )
    else:
        op.execute(
            "CREATE FUNCTION notes_refuse_moves() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" IF NOT {MERGED} THEN RAISE EXCEPTION '{ONLY_ADDED}'; END IF; RETURN NEW; END $$"
        )
        op.execute(
            "CREATE TRIGGER notes_not_moved BEFORE UPDATE ON notes FOR EACH ROW"
            " WHEN (NEW.case_id IS DISTINCT FROM OLD.case_id) EXECUTE FUNCTION notes_refuse_moves()"
        )


def guard_notes(*changeable: str) -> None:
    """Let nothing but these columns of a note change."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    same = "IS" if sqlite else "IS NOT DISTINCT FROM"
    columns = [column["name"] for column in sa.inspect(op.get_bind()).get_columns("notes")]
    kept = " AND ".join(f"NEW.{column} {same} OLD.{column}" for column in columns if column not in changeable)
    if sqlite:
        op.execute("DROP TRIGGER notes_not_changed")
        op.execute(
            f"CREATE TRIGGER notes_not_changed BEFORE UPDATE ON notes WHEN NOT ({kept})"
            f" BEGIN SELECT RAISE(ABORT, '{ONLY_ADDED}'); END"
        )
    else:
        op.execute("DROP TRIGGER notes_not_changed ON notes")
        op.execute(
            f"CREATE TRIGGER notes_not_changed BEFORE UPDATE ON notes FOR EACH ROW WHEN (NOT ({kept}))"
            " EXECUTE FUNCTION notes_refuse()"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER notes_not_moved")
    else:
        op.execute("DROP FUNCTION notes_refuse_moves() CASCADE")
    guard_notes(*WITHHELD)
    op.drop_index(op.f("ix_cases_merged_into_id"), "cases")
    with op.batch_alter_table("cases") as cases:
        cases.drop_column("merged_into_id")
    op.drop_table("case_merge_rows")
    op.drop_table("case_merges")
    op.drop_table("case_links")
