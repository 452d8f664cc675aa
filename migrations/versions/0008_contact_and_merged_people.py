"""How people want to be contacted and what they need; keys by which one person on two records is found; merges."""

import re
import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

FOLDED = sa.String().with_variant(sa.String(collation="C"), "postgresql")
AT_ONCE = 1000


def upgrade() -> None:
    op.add_column("people", sa.Column("email_key", FOLDED, nullable=True))
    op.add_column("people", sa.Column("phone_key", FOLDED, nullable=True))
    op.create_index(op.f("ix_people_email_key"), "people", ["email_key"])
    op.create_index(op.f("ix_people_phone_key"), "people", ["phone_key"])
    op.create_index("ix_people_born_on", "people", ["born_on"])
    fill_keys()
    op.create_table(
        "contact_preferences",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "preferred",
            sa.Enum(
                *("phone", "text_message", "email", "letter", "in_person"),
                name="contactway",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("times", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("interpreter", sa.Boolean(), nullable=False),
        sa.Column("not_by", sa.String(), nullable=False),
        sa.Column("not_by_because", sa.String(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("to_on IS NULL OR to_on >= from_on", name=op.f("ck_contact_preferences_days_in_order")),
        sa.CheckConstraint(
            "not interpreter OR language IS NOT NULL", name=op.f("ck_contact_preferences_interpreter_has_language")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_contact_preferences_person_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["users.id"], name=op.f("fk_contact_preferences_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_preferences")),
    )
    op.create_index("ix_contact_preferences_of", "contact_preferences", ["person_id", "id"])
    stands = sa.text("to_on IS NULL")
    op.create_index(
        "uq_contact_preferences_standing",
        "contact_preferences",
        ["person_id"],
        unique=True,
        sqlite_where=stands,
        postgresql_where=stands,
    )
    op.create_table(
        "person_needs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "adjustment", "vulnerability", name="needkind", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("ended_because", sa.String(), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("to_on IS NULL OR to_on >= from_on", name=op.f("ck_person_needs_days_in_order")),
        sa.CheckConstraint("(to_on IS NULL) = (ended_because IS NULL)", name=op.f("ck_person_needs_ended_has_reason")),
        sa.CheckConstraint("length(text) > 0", name=op.f("ck_person_needs_says_what")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_person_needs_person_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["users.id"], name=op.f("fk_person_needs_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_needs")),
    )
    op.create_index("ix_person_needs_of", "person_needs", ["person_id", "to_on"])
    op.create_table(
        "person_merges",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kept_id", sa.Integer(), nullable=False),
        sa.Column("merged_id", sa.Integer(), nullable=False),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("merged_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("undone_on", sa.Date(), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.Column("undone_because", sa.String(), nullable=True),
        sa.CheckConstraint("kept_id <> merged_id", name=op.f("ck_person_merges_two_records")),
        sa.CheckConstraint(
            "(undone_on IS NULL) = (undone_because IS NULL)", name=op.f("ck_person_merges_undone_has_reason")
        ),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_person_merges_says_why")),
        sa.ForeignKeyConstraint(["kept_id"], ["people.id"], name=op.f("fk_person_merges_kept_id")),
        sa.ForeignKeyConstraint(["merged_id"], ["people.id"], name=op.f("fk_person_merges_merged_id")),
        sa.ForeignKeyConstraint(["merged_by_id"], ["users.id"], name=op.f("fk_person_merges_merged_by_id")),
        sa.ForeignKeyConstraint(["undone_by_id"], ["users.id"], name=op.f("fk_person_merges_undone_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_merges")),
    )
    op.create_index("ix_person_merges_kept", "person_merges", ["kept_id", "id"])
    undone = sa.text("undone_on IS NULL")
    op.create_index(
        "uq_person_merges_standing",
        "person_merges",
        ["merged_id"],
        unique=True,
        sqlite_where=undone,
        postgresql_where=undone,
    )
    op.create_table(
        "person_merge_rows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("merge_id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("column_name", sa.String(), nullable=False),
        sa.Column("row_key", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=True),
        sa.Column("after", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["merge_id"], ["person_merges.id"], name=op.f("fk_person_merge_rows_merge_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_merge_rows")),
    )
    op.create_index("ix_person_merge_rows_of", "person_merge_rows", ["merge_id", "id"])


def downgrade() -> None:
    op.drop_table("person_merge_rows")
    op.drop_table("person_merges")
    op.drop_table("person_needs")
    op.drop_table("contact_preferences")
    op.drop_index("ix_people_born_on", "people")
    op.drop_index(op.f("ix_people_phone_key"), "people")
    op.drop_index(op.f("ix_people_email_key"), "people")
    op.drop_column("people", "phone_key")
    op.drop_column("people", "email_key")


def fill_keys() -> None:
    """The keys of those who were recorded before there were any, as they are made at the time of this migration."""
    people = sa.table("people", *(sa.column(name) for name in ("id", "email", "phone", "email_key", "phone_key")))
    connection, last = op.get_bind(), 0
    reached = sa.select(people.c.id, people.c.email, people.c.phone).where(
        people.c.email.is_not(None) | people.c.phone.is_not(None)
    )
    change = (
        people.update()
        .where(people.c.id == sa.bindparam("of_id"))
        .values(email_key=sa.bindparam("email_is"), phone_key=sa.bindparam("phone_is"))
    )
    while rows := connection.execute(reached.where(people.c.id > last).order_by(people.c.id).limit(AT_ONCE)).all():
        last = rows[-1].id
        connection.execute(
            change,
            [{"of_id": row.id, "email_is": email_key(row.email), "phone_is": phone_key(row.phone)} for row in rows],
        )


def email_key(email: str | None) -> str | None:
    return unicodedata.normalize("NFKC", email or "").strip().casefold() or None


def phone_key(phone: str | None) -> str | None:
    digits = "".join(str(int(each)) for each in phone or "" if each.isdecimal())
    national = re.sub(r"^(?:0{0,2}44)0?(?=[1-9]\d{8,9}$)", "0", digits)
    return national if len(national) >= 6 else None
