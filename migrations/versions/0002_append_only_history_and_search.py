"""What the database itself sees to: history and evidence that nobody changes, and an index of words kept in step."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

#: For each table that is only ever added to: the columns that may change all the same, and to what.
#: A reason may be blanked, with its salt, when a person is erased; a note or file may be withheld.
KEPT = {
    "history_entries": {"reason": "NULL", "reason_salt": "NULL"},
    "consultations": {"reason": "NULL"},
    "notes": {"withheld_on": None, "withheld_because": None},
    "attachments": {"withheld_on": None, "withheld_because": None},
}
#: The hash before the first entry.
START_OF_CHAIN = "0" * 64


def upgrade() -> None:
    head = sa.table("history_head", sa.column("id"), sa.column("last_id"), sa.column("last_hash"))
    op.bulk_insert(head, [{"id": 1, "last_id": 0, "last_hash": START_OF_CHAIN}])
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table, changeable in KEPT.items():
        (keep_on_sqlite if sqlite else keep_on_postgresql)(table, changeable)
    (index_words_on_sqlite if sqlite else index_words_on_postgresql)()


def keep_on_sqlite(table: str, changeable: dict[str, str | None]) -> None:
    """Triggers that refuse to change, remove or replace a row."""
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is only ever added to'); END"
    kept = unchanged(table, changeable, "IS")
    op.execute(f"CREATE TRIGGER {table}_not_changed BEFORE UPDATE ON {table} WHEN NOT ({kept}) {refuse}")
    op.execute(f"CREATE TRIGGER {table}_not_removed BEFORE DELETE ON {table} {refuse}")
    # INSERT OR REPLACE removes a row without asking the trigger above.
    op.execute(
        f"CREATE TRIGGER {table}_not_replaced BEFORE INSERT ON {table}"
        f" WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id) {refuse}"
    )


def keep_on_postgresql(table: str, changeable: dict[str, str | None]) -> None:
    """The same for PostgreSQL, where a table can also be emptied at a stroke."""
    kept = unchanged(table, changeable, "IS NOT DISTINCT FROM")
    op.execute(
        f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" RAISE EXCEPTION '{table} is only ever added to'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_not_changed BEFORE UPDATE ON {table} FOR EACH ROW WHEN (NOT ({kept}))"
        f" EXECUTE FUNCTION {table}_refuse()"
    )
    op.execute(
        f"CREATE TRIGGER {table}_not_removed BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_refuse()"
    )
    op.execute(
        f"CREATE TRIGGER {table}_not_emptied BEFORE TRUNCATE ON {table}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()"
    )


def unchanged(table: str, changeable: dict[str, str | None], same: str) -> str:
    """The condition under which an update is let through: all but the changeable columns stay, and those become
    what they may become (anything, where that is None)."""
    columns = [column["name"] for column in sa.inspect(op.get_bind()).get_columns(table)]
    kept = [f"NEW.{column} {same} OLD.{column}" for column in columns if column not in changeable]
    blanked = [
        f"(NEW.{column} IS {value} OR NEW.{column} {same} OLD.{column})"
        for column, value in changeable.items()
        if value
    ]
    return " AND ".join(kept + blanked)


def index_words_on_sqlite() -> None:
    """A full-text index beside the table, fed by triggers."""
    op.execute(
        "CREATE VIRTUAL TABLE search_words USING fts5(words, content='search_entries', content_rowid='id',"
        " tokenize='unicode61', prefix='2 3')"
    )
    add = "INSERT INTO search_words (rowid, words) VALUES (NEW.id, NEW.words);"
    remove = "INSERT INTO search_words (search_words, rowid, words) VALUES ('delete', OLD.id, OLD.words);"
    op.execute(f"CREATE TRIGGER search_entries_added AFTER INSERT ON search_entries BEGIN {add} END")
    op.execute(f"CREATE TRIGGER search_entries_removed AFTER DELETE ON search_entries BEGIN {remove} END")
    op.execute(
        f"CREATE TRIGGER search_entries_changed AFTER UPDATE OF words ON search_entries BEGIN {remove} {add} END"
    )


def index_words_on_postgresql() -> None:
    """The words are folded already, so they are indexed as they are: no stemming, no stop words."""
    op.execute("CREATE INDEX search_entries_words ON search_entries USING gin (to_tsvector('simple', words))")


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name in ("added", "removed", "changed"):
            op.execute(f"DROP TRIGGER search_entries_{name}")
        op.execute("DROP TABLE search_words")
        for table in KEPT:
            for name in ("not_changed", "not_removed", "not_replaced"):
                op.execute(f"DROP TRIGGER {table}_{name}")
    else:
        op.execute("DROP INDEX search_entries_words")
        for table in KEPT:
            op.execute(f"DROP FUNCTION {table}_refuse() CASCADE")
    op.execute("DELETE FROM history_head")
