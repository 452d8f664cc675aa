"""The first tables: everything the rest stands on."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

FOLDED = sa.String().with_variant(sa.String(collation="C"), "postgresql")
#: In the order they are made; they go in the opposite one.
TABLES = (
    "bank_holiday_changes",
    "categories",
    "history_head",
    "partner_bodies",
    "record_coverages",
    "reference_counters",
    "sign_in_attempts",
    "teams",
    "users",
    "attachments",
    "authorisations",
    "imports",
    "policy_values",
    "user_sessions",
    "import_rows",
    "other_references",
    "partner_series",
    "people",
    "wards",
    "addresses",
    "partner_values",
    "cases",
    "person_addresses",
    "attachment_links",
    "case_categories",
    "case_readers",
    "case_reviews",
    "case_shares",
    "complaints",
    "consultations",
    "contact_entries",
    "history_entries",
    "interventions",
    "notes",
    "participants",
    "search_entries",
    "tasks",
    "alleged_breaches",
    "appeals",
    "complaint_categories",
    "consultees",
    "court_outcomes",
    "intervention_evidence",
    "payments",
    "requirements",
    "services",
    "breach_requirements",
    "deadlines",
)


def upgrade() -> None:
    # Interventions and alleged breaches name each other. SQLite takes the forward reference as it stands and can add
    # none later; PostgreSQL is the other way about.
    sqlite = op.get_bind().dialect.name == "sqlite"
    op.create_table(
        "bank_holiday_changes",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("observed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_bank_holiday_changes")),
    )
    op.create_table(
        "categories",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["categories.id"], name=op.f("fk_categories_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_categories")),
        sa.UniqueConstraint("code", name=op.f("uq_categories_code")),
    )
    op.create_table(
        "history_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("last_id", sa.Integer(), nullable=False),
        sa.Column("last_hash", sa.String(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_history_head_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history_head")),
    )
    op.create_table(
        "partner_bodies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", FOLDED, nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "council",
                "police",
                "integrated_care_board",
                "housing_provider",
                "other",
                name="partnerbodykind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_bodies")),
        sa.UniqueConstraint("name_key", name=op.f("uq_partner_bodies_name_key")),
    )
    op.create_table(
        "record_coverages",
        sa.Column("figure", sa.String(), nullable=False),
        sa.Column("complete_from", sa.Date(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.CheckConstraint("length(note) > 0", name=op.f("ck_record_coverages_says_why")),
        sa.PrimaryKeyConstraint("figure", name=op.f("pk_record_coverages")),
    )
    op.create_table(
        "reference_counters",
        sa.Column("prefix", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("prefix", "year", name=op.f("pk_reference_counters")),
    )
    op.create_table(
        "sign_in_attempts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_hash", sa.String(), nullable=False),
        sa.Column("address_hash", sa.String(), nullable=False),
        sa.Column("succeeded", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_attempts")),
    )
    op.create_index("ix_sign_in_attempts_account", "sign_in_attempts", ["account_hash", "at"], unique=False)
    op.create_index("ix_sign_in_attempts_address", "sign_in_attempts", ["address_hash", "at"], unique=False)
    op.create_index(op.f("ix_sign_in_attempts_at"), "sign_in_attempts", ["at"], unique=False)
    op.create_table(
        "teams",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", FOLDED, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teams")),
        sa.UniqueConstraint("name_key", name=op.f("uq_teams_name_key")),
    )
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("email_key", FOLDED, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "officer",
                "manager",
                "legal",
                "duty_officer",
                "partner",
                "analyst",
                "administrator",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("partner_body_id", sa.Integer(), nullable=True),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("password_changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("role <> 'partner' OR partner_body_id IS NOT NULL", name=op.f("ck_users_partner_has_body")),
        sa.ForeignKeyConstraint(["partner_body_id"], ["partner_bodies.id"], name=op.f("fk_users_partner_body_id")),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_users_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("email_key", name=op.f("uq_users_email_key")),
    )
    op.create_index(op.f("ix_users_partner_body_id"), "users", ["partner_body_id"], unique=False)
    op.create_index(op.f("ix_users_team_id"), "users", ["team_id"], unique=False)
    op.create_table(
        "attachments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_by_id", sa.Integer(), nullable=True),
        sa.Column("withheld_on", sa.Date(), nullable=True),
        sa.Column("withheld_because", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(withheld_on IS NULL) = (withheld_because IS NULL)", name=op.f("ck_attachments_withheld_has_reason")
        ),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_attachments_hash_is_whole")),
        sa.CheckConstraint("size_bytes >= 0", name=op.f("ck_attachments_size_is_positive")),
        sa.ForeignKeyConstraint(["received_by_id"], ["users.id"], name=op.f("fk_attachments_received_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
    )
    op.create_index(op.f("ix_attachments_sha256"), "attachments", ["sha256"], unique=False)
    op.create_table(
        "authorisations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("power", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("delegation_reference", sa.String(), nullable=False),
        sa.CheckConstraint("to_on IS NULL OR to_on >= from_on", name=op.f("ck_authorisations_days_in_order")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_authorisations_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authorisations")),
    )
    op.create_index(op.f("ix_authorisations_user_id"), "authorisations", ["user_id"], unique=False)
    op.create_table(
        "imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("file_sha256", sa.String(), nullable=False),
        sa.Column("options", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "writing",
                "complete",
                "abandoned",
                name="importstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("started_by_id", sa.Integer(), nullable=True),
        sa.Column("rows_read", sa.Integer(), nullable=False),
        sa.Column("rows_written", sa.Integer(), nullable=False),
        sa.Column("rows_skipped", sa.Integer(), nullable=False),
        sa.Column("rows_refused", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'complete') = (completed_at IS NOT NULL)", name=op.f("ck_imports_complete_has_moment")
        ),
        sa.ForeignKeyConstraint(["started_by_id"], ["users.id"], name=op.f("fk_imports_started_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
    )
    op.create_index("ix_imports_by_state", "imports", ["state"], unique=False)
    op.create_table(
        "policy_values",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["entered_by_id"], ["users.id"], name=op.f("fk_policy_values_entered_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_values")),
        sa.UniqueConstraint("code", "from_on", name=op.f("uq_policy_values_code_from_on")),
    )
    op.create_table(
        "user_sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("browser", sa.String(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_because", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_user_sessions_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_sessions")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_user_sessions_token_hash")),
    )
    op.create_index(op.f("ix_user_sessions_user_id"), "user_sessions", ["user_id"], unique=False)
    op.create_table(
        "import_rows",
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("entity_kind", sa.String(), nullable=False),
        sa.Column("entity_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(fingerprint) = 64", name=op.f("ck_import_rows_fingerprint_is_whole")),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name=op.f("fk_import_rows_import_id")),
        sa.PrimaryKeyConstraint("import_id", "line", name=op.f("pk_import_rows")),
    )
    op.create_index("ix_import_rows_fingerprint", "import_rows", ["fingerprint"], unique=False)
    op.create_table(
        "other_references",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entity_kind", sa.String(), nullable=False),
        sa.Column("entity_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("reference_key", FOLDED, nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name=op.f("fk_other_references_import_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_other_references")),
        sa.UniqueConstraint("entity_kind", "reference_key", name=op.f("uq_other_references_entity_kind_reference_key")),
    )
    op.create_index("ix_other_references_found", "other_references", ["reference_key"], unique=False)
    op.create_index(op.f("ix_other_references_import_id"), "other_references", ["import_id"], unique=False)
    op.create_index("ix_other_references_of", "other_references", ["entity_kind", "entity_id"], unique=False)
    op.create_table(
        "partner_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name=op.f("fk_partner_series_import_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_series")),
        sa.UniqueConstraint("code", name=op.f("uq_partner_series_code")),
    )
    op.create_index(op.f("ix_partner_series_import_id"), "partner_series", ["import_id"], unique=False)
    op.create_table(
        "people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "individual",
                "body",
                "occupier",
                "owner",
                name="personkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", FOLDED, nullable=False),
        sa.Column("identity_key", FOLDED, nullable=False),
        sa.Column("born_on", sa.Date(), nullable=True),
        sa.Column("believed_16_or_over_because", sa.String(), nullable=True),
        sa.Column("company_number", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("identified_as_id", sa.Integer(), nullable=True),
        sa.Column("identified_on", sa.Date(), nullable=True),
        sa.Column("identified_because", sa.String(), nullable=True),
        sa.Column("import_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("born_on IS NULL OR kind = 'individual'", name=op.f("ck_people_only_an_individual_is_born")),
        sa.CheckConstraint(
            "company_number IS NULL OR kind = 'body'", name=op.f("ck_people_only_a_body_has_a_company_number")
        ),
        sa.CheckConstraint(
            "identified_as_id IS NULL OR kind IN ('occupier', 'owner')",
            name=op.f("ck_people_only_the_unnamed_is_identified"),
        ),
        sa.CheckConstraint("identified_as_id <> id", name=op.f("ck_people_not_identified_as_itself")),
        sa.CheckConstraint(
            "(identified_as_id IS NULL) = (identified_on IS NULL) AND (identified_as_id IS NULL) = (identified_because IS NULL)",
            name=op.f("ck_people_identified_when_and_why"),
        ),
        sa.ForeignKeyConstraint(["identified_as_id"], ["people.id"], name=op.f("fk_people_identified_as_id")),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name=op.f("fk_people_import_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
    )
    op.create_index("ix_people_by_name", "people", ["name_key", "id"], unique=False)
    op.create_index(op.f("ix_people_identified_as_id"), "people", ["identified_as_id"], unique=False)
    op.create_index(op.f("ix_people_identity_key"), "people", ["identity_key"], unique=False)
    op.create_index(op.f("ix_people_import_id"), "people", ["import_id"], unique=False)
    op.create_table(
        "wards",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", FOLDED, nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("to_be_checked", sa.Boolean(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name=op.f("fk_wards_import_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wards")),
        sa.UniqueConstraint("name_key", name=op.f("uq_wards_name_key")),
    )
    op.create_index(op.f("ix_wards_import_id"), "wards", ["import_id"], unique=False)
    op.create_table(
        "addresses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("text_key", FOLDED, nullable=False),
        sa.Column("postcode", sa.String(), nullable=True),
        sa.Column("uprn", sa.String(), nullable=True),
        sa.Column("ward_id", sa.Integer(), nullable=True),
        sa.Column("import_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name=op.f("fk_addresses_import_id")),
        sa.ForeignKeyConstraint(["ward_id"], ["wards.id"], name=op.f("fk_addresses_ward_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_addresses")),
        sa.UniqueConstraint("text_key", name=op.f("uq_addresses_text_key")),
    )
    op.create_index(op.f("ix_addresses_import_id"), "addresses", ["import_id"], unique=False)
    op.create_index(op.f("ix_addresses_postcode"), "addresses", ["postcode"], unique=False)
    op.create_index(op.f("ix_addresses_ward_id"), "addresses", ["ward_id"], unique=False)
    op.create_table(
        "partner_values",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_to", sa.Date(), nullable=False),
        sa.Column("value", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column(
            "qualifier",
            sa.Enum("about", "over", name="seriesqualifier", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("change_per_cent", sa.Numeric(precision=7, scale=1), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("period_to >= period_from", name=op.f("ck_partner_values_days_in_order")),
        sa.CheckConstraint(
            "value IS NOT NULL OR change_per_cent IS NOT NULL", name=op.f("ck_partner_values_says_something")
        ),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name=op.f("fk_partner_values_import_id")),
        sa.ForeignKeyConstraint(["series_id"], ["partner_series.id"], name=op.f("fk_partner_values_series_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_values")),
    )
    op.create_index(op.f("ix_partner_values_import_id"), "partner_values", ["import_id"], unique=False)
    op.create_index(
        "ix_partner_values_period", "partner_values", ["series_id", "period_from", "period_to", "id"], unique=False
    )
    op.create_table(
        "cases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "new",
                "open",
                "closed",
                "closed_notice_in_force",
                name="casestatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=True),
        sa.Column("priority", sa.Integer(), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closure_outcome", sa.String(), nullable=True),
        sa.Column("closure_reason", sa.String(), nullable=True),
        sa.Column("closure_told", sa.String(), nullable=True),
        sa.Column("notice_review_on", sa.Date(), nullable=True),
        sa.Column("address_id", sa.Integer(), nullable=True),
        sa.Column("ward_id", sa.Integer(), nullable=True),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("officer_as_recorded", sa.String(), nullable=True),
        sa.Column("restricted", sa.Boolean(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=True),
        sa.Column("entered_in_error_on", sa.Date(), nullable=True),
        sa.Column("entered_in_error_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(status IN ('closed', 'closed_notice_in_force')) = (closed_on IS NOT NULL)",
            name=op.f("ck_cases_closed_has_day"),
        ),
        sa.CheckConstraint(
            "status <> 'closed_notice_in_force' OR import_id IS NOT NULL OR notice_review_on IS NOT NULL",
            name=op.f("ck_cases_notice_in_force_has_review"),
        ),
        sa.CheckConstraint(
            "(entered_in_error_on IS NULL) = (entered_in_error_reason IS NULL)",
            name=op.f("ck_cases_entered_in_error_has_reason"),
        ),
        sa.CheckConstraint("closed_on IS NULL OR closed_on >= opened_on", name=op.f("ck_cases_days_in_order")),
        sa.CheckConstraint(
            "closed_on IS NULL OR import_id IS NOT NULL OR closure_reason IS NOT NULL",
            name=op.f("ck_cases_closed_has_reason"),
        ),
        sa.CheckConstraint("priority BETWEEN 1 AND 3", name=op.f("ck_cases_priority_known")),
        sa.ForeignKeyConstraint(["address_id"], ["addresses.id"], name=op.f("fk_cases_address_id")),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name=op.f("fk_cases_import_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_cases_owner_id")),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_cases_team_id")),
        sa.ForeignKeyConstraint(["ward_id"], ["wards.id"], name=op.f("fk_cases_ward_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("reference", name=op.f("uq_cases_reference")),
    )
    op.create_index(op.f("ix_cases_address_id"), "cases", ["address_id"], unique=False)
    op.create_index("ix_cases_by_owner", "cases", ["owner_id", "status", "opened_on", "id"], unique=False)
    op.create_index("ix_cases_by_status", "cases", ["status", "opened_on", "id"], unique=False)
    op.create_index("ix_cases_by_team", "cases", ["team_id", "status", "opened_on", "id"], unique=False)
    op.create_index("ix_cases_by_ward", "cases", ["ward_id", "opened_on", "id"], unique=False)
    op.create_index("ix_cases_closed", "cases", ["closed_on", "id"], unique=False)
    op.create_index(op.f("ix_cases_import_id"), "cases", ["import_id"], unique=False)
    op.create_index("ix_cases_newest", "cases", ["opened_on", "id"], unique=False)
    op.create_table(
        "person_addresses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("address_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("import_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "from_on IS NULL OR to_on IS NULL OR to_on >= from_on", name=op.f("ck_person_addresses_days_in_order")
        ),
        sa.ForeignKeyConstraint(["address_id"], ["addresses.id"], name=op.f("fk_person_addresses_address_id")),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name=op.f("fk_person_addresses_import_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_person_addresses_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_addresses")),
    )
    op.create_index(op.f("ix_person_addresses_address_id"), "person_addresses", ["address_id"], unique=False)
    op.create_index(op.f("ix_person_addresses_import_id"), "person_addresses", ["import_id"], unique=False)
    op.create_index(op.f("ix_person_addresses_person_id"), "person_addresses", ["person_id"], unique=False)
    op.create_index(
        "uq_person_addresses_current", "person_addresses", ["person_id", "address_id", "from_on"], unique=True
    )
    op.create_table(
        "attachment_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("entity_kind", sa.String(), nullable=False),
        sa.Column("entity_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["attachment_id"], ["attachments.id"], name=op.f("fk_attachment_links_attachment_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_attachment_links_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment_links")),
        sa.UniqueConstraint(
            "attachment_id",
            "entity_kind",
            "entity_id",
            name=op.f("uq_attachment_links_attachment_id_entity_kind_entity_id"),
        ),
    )
    op.create_index(op.f("ix_attachment_links_case_id"), "attachment_links", ["case_id"], unique=False)
    op.create_index("ix_attachment_links_of", "attachment_links", ["entity_kind", "entity_id"], unique=False)
    op.create_table(
        "case_categories",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_categories_case_id")),
        sa.ForeignKeyConstraint(["category_id"], ["categories.id"], name=op.f("fk_case_categories_category_id")),
        sa.PrimaryKeyConstraint("case_id", "category_id", name=op.f("pk_case_categories")),
    )
    op.create_index(op.f("ix_case_categories_category_id"), "case_categories", ["category_id"], unique=False)
    op.create_table(
        "case_readers",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_readers_case_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_case_readers_user_id")),
        sa.PrimaryKeyConstraint("case_id", "user_id", name=op.f("pk_case_readers")),
    )
    op.create_index(op.f("ix_case_readers_user_id"), "case_readers", ["user_id"], unique=False)
    op.create_table(
        "case_reviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("applied_on", sa.Date(), nullable=False),
        sa.Column("applicant_id", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("case_reference_as_recorded", sa.String(), nullable=True),
        sa.Column("local_scheme", sa.Boolean(), nullable=False),
        sa.Column(
            "threshold",
            sa.Enum("met", "not_met", name="thresholddecision", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decision_reason", sa.String(), nullable=True),
        sa.Column("decider_id", sa.Integer(), nullable=True),
        sa.Column("review_held_on", sa.Date(), nullable=True),
        sa.Column("recommendations", sa.Integer(), nullable=True),
        sa.Column("outcome_sent_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("import_id", sa.Integer(), nullable=True),
        sa.Column("entered_in_error_on", sa.Date(), nullable=True),
        sa.Column("entered_in_error_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(entered_in_error_on IS NULL) = (entered_in_error_reason IS NULL)",
            name=op.f("ck_case_reviews_entered_in_error_has_reason"),
        ),
        sa.CheckConstraint(
            "(threshold IS NULL) = (decided_on IS NULL) OR import_id IS NOT NULL",
            name=op.f("ck_case_reviews_decided_has_decision"),
        ),
        sa.CheckConstraint(
            "decided_on IS NULL OR decided_on >= applied_on", name=op.f("ck_case_reviews_decided_after_application")
        ),
        sa.CheckConstraint(
            "outcome_sent_on IS NULL OR outcome_sent_on >= applied_on",
            name=op.f("ck_case_reviews_sent_after_application"),
        ),
        sa.CheckConstraint(
            "recommendations IS NULL OR recommendations >= 0", name=op.f("ck_case_reviews_recommendations_counted")
        ),
        sa.CheckConstraint(
            "review_held_on IS NULL OR review_held_on >= applied_on",
            name=op.f("ck_case_reviews_held_after_application"),
        ),
        sa.CheckConstraint(
            "withdrawn_on IS NULL OR withdrawn_on >= applied_on",
            name=op.f("ck_case_reviews_withdrawn_after_application"),
        ),
        sa.ForeignKeyConstraint(["applicant_id"], ["people.id"], name=op.f("fk_case_reviews_applicant_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_reviews_case_id")),
        sa.ForeignKeyConstraint(["decider_id"], ["users.id"], name=op.f("fk_case_reviews_decider_id")),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name=op.f("fk_case_reviews_import_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_reviews")),
        sa.UniqueConstraint("reference", name=op.f("uq_case_reviews_reference")),
    )
    op.create_index(op.f("ix_case_reviews_applicant_id"), "case_reviews", ["applicant_id"], unique=False)
    op.create_index(op.f("ix_case_reviews_case_id"), "case_reviews", ["case_id"], unique=False)
    op.create_index("ix_case_reviews_decided", "case_reviews", ["threshold", "decided_on", "id"], unique=False)
    op.create_index("ix_case_reviews_held", "case_reviews", ["review_held_on", "id"], unique=False)
    op.create_index(op.f("ix_case_reviews_import_id"), "case_reviews", ["import_id"], unique=False)
    op.create_index("ix_case_reviews_newest", "case_reviews", ["applied_on", "id"], unique=False)
    op.create_table(
        "case_shares",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("partner_body_id", sa.Integer(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint("(team_id IS NULL) <> (partner_body_id IS NULL)", name=op.f("ck_case_shares_one_recipient")),
        sa.CheckConstraint("to_on IS NULL OR to_on >= from_on", name=op.f("ck_case_shares_days_in_order")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_shares_case_id")),
        sa.ForeignKeyConstraint(
            ["partner_body_id"], ["partner_bodies.id"], name=op.f("fk_case_shares_partner_body_id")
        ),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_case_shares_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_shares")),
    )
    op.create_index(op.f("ix_case_shares_case_id"), "case_shares", ["case_id"], unique=False)
    op.create_index(op.f("ix_case_shares_partner_body_id"), "case_shares", ["partner_body_id"], unique=False)
    op.create_index(op.f("ix_case_shares_team_id"), "case_shares", ["team_id"], unique=False)
    op.create_table(
        "complaints",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("occurred_on", sa.Date(), nullable=True),
        sa.Column(
            "channel",
            sa.Enum(
                "email",
                "phone",
                "web",
                "in_person",
                "out_of_hours",
                "partner",
                "app",
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("complainant_id", sa.Integer(), nullable=True),
        sa.Column("received_by_body", sa.String(), nullable=True),
        sa.Column("description", sa.String(), nullable=True),
        sa.Column("address_id", sa.Integer(), nullable=True),
        sa.Column("ward_id", sa.Integer(), nullable=True),
        sa.Column(
            "triage",
            sa.Enum(
                "new",
                "joined",
                "referred",
                "not_asb",
                name="triagestate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("triage_reason", sa.String(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("case_reference_as_recorded", sa.String(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("shift_on", sa.Date(), nullable=True),
        sa.Column(
            "response",
            sa.Enum(
                "visit",
                "contact",
                "none",
                name="outofhoursresponse",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("import_id", sa.Integer(), nullable=True),
        sa.Column("entered_in_error_on", sa.Date(), nullable=True),
        sa.Column("entered_in_error_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(channel = 'out_of_hours') = (shift_on IS NOT NULL)", name=op.f("ck_complaints_out_of_hours_has_shift")
        ),
        sa.CheckConstraint("(triage = 'joined') = (case_id IS NOT NULL)", name=op.f("ck_complaints_joined_has_case")),
        sa.CheckConstraint(
            "triage NOT IN ('referred', 'not_asb') OR triage_reason IS NOT NULL OR import_id IS NOT NULL",
            name=op.f("ck_complaints_sent_elsewhere_has_reason"),
        ),
        sa.CheckConstraint(
            "(entered_in_error_on IS NULL) = (entered_in_error_reason IS NULL)",
            name=op.f("ck_complaints_entered_in_error_has_reason"),
        ),
        sa.CheckConstraint(
            "not anonymous OR complainant_id IS NULL", name=op.f("ck_complaints_anonymous_has_no_complainant")
        ),
        sa.CheckConstraint(
            "occurred_on IS NULL OR occurred_on <= made_on", name=op.f("ck_complaints_made_after_it_happened")
        ),
        sa.ForeignKeyConstraint(["address_id"], ["addresses.id"], name=op.f("fk_complaints_address_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_complaints_case_id")),
        sa.ForeignKeyConstraint(["complainant_id"], ["people.id"], name=op.f("fk_complaints_complainant_id")),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name=op.f("fk_complaints_import_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["users.id"], name=op.f("fk_complaints_recorded_by_id")),
        sa.ForeignKeyConstraint(["ward_id"], ["wards.id"], name=op.f("fk_complaints_ward_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaints")),
        sa.UniqueConstraint("reference", name=op.f("uq_complaints_reference")),
    )
    op.create_index(op.f("ix_complaints_address_id"), "complaints", ["address_id"], unique=False)
    op.create_index("ix_complaints_by_case", "complaints", ["case_id", "made_on", "id"], unique=False)
    op.create_index("ix_complaints_by_complainant", "complaints", ["complainant_id", "made_on", "id"], unique=False)
    op.create_index("ix_complaints_by_recorder", "complaints", ["recorded_by_id", "made_on", "id"], unique=False)
    op.create_index("ix_complaints_by_shift", "complaints", ["shift_on", "id"], unique=False)
    op.create_index("ix_complaints_by_triage", "complaints", ["triage", "made_on", "id"], unique=False)
    op.create_index(op.f("ix_complaints_import_id"), "complaints", ["import_id"], unique=False)
    op.create_index("ix_complaints_newest", "complaints", ["made_on", "id"], unique=False)
    op.create_index(op.f("ix_complaints_ward_id"), "complaints", ["ward_id"], unique=False)
    op.create_table(
        "consultations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column(
            "via",
            sa.Enum(
                "web",
                "console",
                "job",
                "import",
                "public",
                name="via",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("endpoint", sa.String(), nullable=False),
        sa.Column(
            "operation",
            sa.Enum(
                "collection",
                "alteration",
                "consultation",
                "disclosure",
                "combination",
                "erasure",
                name="historyoperation",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("shown", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_consultations_case_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_consultations_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultations")),
    )
    op.create_index("ix_consultations_by_case", "consultations", ["case_id", "at"], unique=False)
    op.create_index("ix_consultations_by_user", "consultations", ["user_id", "at"], unique=False)
    op.create_table(
        "contact_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "channel",
            sa.Enum(
                "email",
                "phone",
                "web",
                "in_person",
                "out_of_hours",
                "partner",
                "app",
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "direction",
            sa.Enum("in", "out", name="direction", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("told", sa.String(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("import_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["users.id"], name=op.f("fk_contact_entries_author_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_contact_entries_case_id")),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name=op.f("fk_contact_entries_import_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_contact_entries_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_entries")),
    )
    op.create_index("ix_contact_entries_by_case", "contact_entries", ["case_id", "at", "id"], unique=False)
    op.create_index(op.f("ix_contact_entries_import_id"), "contact_entries", ["import_id"], unique=False)
    op.create_index(op.f("ix_contact_entries_person_id"), "contact_entries", ["person_id"], unique=False)
    op.create_table(
        "history_entries",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column(
            "operation",
            sa.Enum(
                "collection",
                "alteration",
                "consultation",
                "disclosure",
                "combination",
                "erasure",
                name="historyoperation",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("actor_user_id", sa.Integer(), nullable=True),
        sa.Column("actor_role", sa.String(), nullable=True),
        sa.Column(
            "via",
            sa.Enum(
                "web",
                "console",
                "job",
                "import",
                "public",
                name="via",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("entity_kind", sa.String(), nullable=False),
        sa.Column("entity_id", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("details", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("reason_salt", sa.String(), nullable=True),
        sa.Column("reason_hash", sa.String(), nullable=True),
        sa.Column("previous_hash", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.CheckConstraint(
            "length(hash) = 64 AND length(previous_hash) = 64", name=op.f("ck_history_entries_hashes_are_whole")
        ),
        sa.ForeignKeyConstraint(["actor_user_id"], ["users.id"], name=op.f("fk_history_entries_actor_user_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_history_entries_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history_entries")),
        sa.UniqueConstraint("hash", name=op.f("uq_history_entries_hash")),
    )
    op.create_index("ix_history_entries_by_actor", "history_entries", ["actor_user_id", "id"], unique=False)
    op.create_index("ix_history_entries_by_case", "history_entries", ["case_id", "id"], unique=False)
    op.create_index("ix_history_entries_of", "history_entries", ["entity_kind", "entity_id", "id"], unique=False)
    op.create_table(
        "interventions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("power", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("follows_id", sa.Integer(), nullable=True),
        sa.Column("breach_id", sa.Integer(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("issued_by_body", sa.String(), nullable=True),
        sa.Column("officer_as_recorded", sa.String(), nullable=True),
        sa.Column("follows_as_recorded", sa.String(), nullable=True),
        sa.Column("incomplete", sa.Boolean(), nullable=False),
        sa.Column("conduct", sa.String(), nullable=True),
        sa.Column("detrimental_effect", sa.String(), nullable=True),
        sa.Column("persistent_or_continuing", sa.String(), nullable=True),
        sa.Column("unreasonable", sa.String(), nullable=True),
        sa.Column("subject_basis", sa.String(), nullable=True),
        sa.Column("enquiries_note", sa.String(), nullable=True),
        sa.Column("enough_time_reason", sa.String(), nullable=True),
        sa.Column("no_consultees_reason", sa.String(), nullable=True),
        sa.Column("screening", sa.String(), nullable=True),
        sa.Column("screening_flags", sa.Boolean(), nullable=True),
        sa.Column("cautions_reason", sa.String(), nullable=True),
        sa.Column("comply_by", sa.Date(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("offence", sa.String(), nullable=True),
        sa.Column("offence_from", sa.Date(), nullable=True),
        sa.Column("offence_to", sa.Date(), nullable=True),
        sa.Column("amount_pence", sa.Integer(), nullable=True),
        sa.Column("reduced_pence", sa.Integer(), nullable=True),
        sa.Column("reduced_within_days", sa.Integer(), nullable=True),
        sa.Column("evidential_note", sa.String(), nullable=True),
        sa.Column("public_interest_note", sa.String(), nullable=True),
        sa.Column("authority_reference", sa.String(), nullable=True),
        sa.Column("continuing_failure_reason", sa.String(), nullable=True),
        sa.Column("drafter_id", sa.Integer(), nullable=True),
        sa.Column("authoriser_id", sa.Integer(), nullable=True),
        sa.Column("authorised_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("issuer_id", sa.Integer(), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("checker_id", sa.Integer(), nullable=True),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("outcome_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_because", sa.String(), nullable=True),
        sa.Column("import_id", sa.Integer(), nullable=True),
        sa.Column("entered_in_error_on", sa.Date(), nullable=True),
        sa.Column("entered_in_error_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(power IN ('FPN', 'PROSECUTION')) = (offence IS NOT NULL)",
            name=op.f("ck_interventions_offence_where_there_is_one"),
        ),
        sa.CheckConstraint(
            "NOT (power = 'CPN' OR (power IN ('FPN', 'PROSECUTION') AND offence = 'cpn_breach')) OR follows_id IS NOT NULL OR incomplete",
            name=op.f("ck_interventions_follows_earlier_step"),
        ),
        sa.CheckConstraint(
            "NOT (status IN ('draft', 'legal_review', 'authorised', 'abandoned') AND issued_on IS NOT NULL)",
            name=op.f("ck_interventions_draft_is_not_given"),
        ),
        sa.CheckConstraint(
            "power <> 'FPN' OR offence <> 'cpn_breach' OR breach_id IS NOT NULL OR import_id IS NOT NULL",
            name=op.f("ck_interventions_fixed_penalty_has_breach"),
        ),
        sa.CheckConstraint(
            "power <> 'FPN' OR status IN ('draft', 'legal_review', 'authorised', 'abandoned') OR amount_pence IS NOT NULL OR import_id IS NOT NULL",
            name=op.f("ck_interventions_fixed_penalty_has_amount"),
        ),
        sa.CheckConstraint(
            "power <> 'PROSECUTION' OR offence <> 'cpn_breach' OR breach_id IS NOT NULL OR import_id IS NOT NULL",
            name=op.f("ck_interventions_prosecution_has_breach"),
        ),
        sa.CheckConstraint(
            "status IN ('draft', 'legal_review', 'authorised', 'abandoned') OR issued_on IS NOT NULL OR (power IN ('CPW', 'CPN') AND status IN ('issued', 'withdrawn')) OR status = 'cancelled'",
            name=op.f("ck_interventions_given_has_day"),
        ),
        sa.CheckConstraint(
            "status NOT IN ('withdrawn', 'discharged', 'cancelled', 'abandoned', 'written_off') OR ended_because IS NOT NULL OR import_id IS NOT NULL",
            name=op.f("ck_interventions_ended_has_reason"),
        ),
        sa.CheckConstraint(
            "(entered_in_error_on IS NULL) = (entered_in_error_reason IS NULL)",
            name=op.f("ck_interventions_entered_in_error_has_reason"),
        ),
        sa.CheckConstraint(
            "(reduced_pence IS NULL) = (reduced_within_days IS NULL)", name=op.f("ck_interventions_reduced_has_days")
        ),
        sa.CheckConstraint(
            "NOT incomplete OR import_id IS NOT NULL", name=op.f("ck_interventions_only_an_import_is_incomplete")
        ),
        sa.CheckConstraint(
            "amount_pence IS NULL OR amount_pence > 0", name=op.f("ck_interventions_amount_is_positive")
        ),
        sa.CheckConstraint(
            "ends_on IS NULL OR issued_on IS NULL OR ends_on >= issued_on",
            name=op.f("ck_interventions_ends_after_start"),
        ),
        sa.CheckConstraint(
            "follows_id IS NULL OR follows_id <> id", name=op.f("ck_interventions_does_not_follow_itself")
        ),
        sa.CheckConstraint(
            "import_id IS NOT NULL OR issued_by_body IS NOT NULL OR issued_on IS NULL OR issuer_id IS NOT NULL",
            name=op.f("ck_interventions_given_has_issuer"),
        ),
        sa.CheckConstraint(
            "offence_to IS NULL OR offence_to >= offence_from", name=op.f("ck_interventions_offence_days_in_order")
        ),
        sa.CheckConstraint(
            "reduced_pence IS NULL OR reduced_pence < amount_pence", name=op.f("ck_interventions_reduced_is_less")
        ),
        sa.CheckConstraint(
            "reduced_within_days IS NULL OR reduced_within_days BETWEEN 1 AND 13",
            name=op.f("ck_interventions_reduced_under_14"),
        ),
        sa.ForeignKeyConstraint(["authoriser_id"], ["users.id"], name=op.f("fk_interventions_authoriser_id")),
        *(
            [sa.ForeignKeyConstraint(["breach_id"], ["alleged_breaches.id"], name="fk_interventions_breach_id")]
            if sqlite
            else []
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_interventions_case_id")),
        sa.ForeignKeyConstraint(["checker_id"], ["users.id"], name=op.f("fk_interventions_checker_id")),
        sa.ForeignKeyConstraint(["drafter_id"], ["users.id"], name=op.f("fk_interventions_drafter_id")),
        sa.ForeignKeyConstraint(["follows_id"], ["interventions.id"], name=op.f("fk_interventions_follows_id")),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name=op.f("fk_interventions_import_id")),
        sa.ForeignKeyConstraint(["issuer_id"], ["users.id"], name=op.f("fk_interventions_issuer_id")),
        sa.ForeignKeyConstraint(["subject_id"], ["people.id"], name=op.f("fk_interventions_subject_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interventions")),
        sa.UniqueConstraint("id", "power", name=op.f("uq_interventions_id_power")),
        sa.UniqueConstraint("reference", name=op.f("uq_interventions_reference")),
    )
    op.create_index("ix_interventions_by_case", "interventions", ["case_id", "id"], unique=False)
    op.create_index("ix_interventions_by_status", "interventions", ["power", "status", "issued_on", "id"], unique=False)
    op.create_index("ix_interventions_by_subject", "interventions", ["subject_id", "power", "issued_on"], unique=False)
    op.create_index("ix_interventions_counted", "interventions", ["power", "issued_on", "id"], unique=False)
    op.create_index(op.f("ix_interventions_follows_id"), "interventions", ["follows_id"], unique=False)
    op.create_index(op.f("ix_interventions_import_id"), "interventions", ["import_id"], unique=False)
    op.create_index("ix_interventions_newest", "interventions", ["issued_on", "id"], unique=False)
    op.create_index(
        "uq_interventions_one_penalty_per_breach",
        "interventions",
        ["breach_id"],
        unique=True,
        sqlite_where=sa.text("power = 'FPN' AND status <> 'cancelled' AND entered_in_error_on IS NULL"),
        postgresql_where=sa.text("power = 'FPN' AND status <> 'cancelled' AND entered_in_error_on IS NULL"),
    )
    op.create_table(
        "notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("internal", "record", name="notekind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("withheld_on", sa.Date(), nullable=True),
        sa.Column("withheld_because", sa.String(), nullable=True),
        sa.Column("import_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(withheld_on IS NULL) = (withheld_because IS NULL)", name=op.f("ck_notes_withheld_has_reason")
        ),
        sa.CheckConstraint("corrects_id IS NULL OR corrects_id <> id", name=op.f("ck_notes_does_not_correct_itself")),
        sa.ForeignKeyConstraint(["author_id"], ["users.id"], name=op.f("fk_notes_author_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_notes_case_id")),
        sa.ForeignKeyConstraint(["corrects_id"], ["notes.id"], name=op.f("fk_notes_corrects_id")),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name=op.f("fk_notes_import_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes")),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_notes_corrects_id")),
    )
    op.create_index("ix_notes_by_case", "notes", ["case_id", "written_at", "id"], unique=False)
    op.create_index(op.f("ix_notes_import_id"), "notes", ["import_id"], unique=False)
    op.create_table(
        "participants",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "part",
            sa.Enum(
                "complainant",
                "victim",
                "witness",
                "subject",
                "owner_landlord",
                "occupier",
                "parent_guardian",
                "professional",
                name="part",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("import_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "from_on IS NULL OR to_on IS NULL OR to_on >= from_on", name=op.f("ck_participants_days_in_order")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_participants_case_id")),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name=op.f("fk_participants_import_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_participants_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participants")),
    )
    op.create_index(op.f("ix_participants_import_id"), "participants", ["import_id"], unique=False)
    op.create_index(op.f("ix_participants_person_id"), "participants", ["person_id"], unique=False)
    op.create_index("uq_participants_part", "participants", ["case_id", "person_id", "part"], unique=True)
    op.create_table(
        "search_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entity_kind", sa.String(), nullable=False),
        sa.Column("entity_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("words", FOLDED, nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_search_entries_case_id")),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name=op.f("fk_search_entries_import_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_entries")),
        sa.UniqueConstraint("entity_kind", "entity_id", name=op.f("uq_search_entries_entity_kind_entity_id")),
    )
    op.create_index("ix_search_entries_by_case", "search_entries", ["case_id", "id"], unique=False)
    op.create_index(op.f("ix_search_entries_import_id"), "search_entries", ["import_id"], unique=False)
    op.create_table(
        "tasks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("done_on IS NULL OR done_on >= created_on", name=op.f("ck_tasks_days_in_order")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_tasks_case_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_tasks_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tasks")),
    )
    op.create_index("ix_tasks_by_case", "tasks", ["case_id", "done_on", "due_on", "id"], unique=False)
    op.create_index("ix_tasks_by_owner", "tasks", ["owner_id", "done_on", "due_on", "id"], unique=False)
    op.create_table(
        "alleged_breaches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("intervention_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=True),
        sa.Column("account", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("decision", sa.String(), nullable=True),
        sa.Column("decision_reason", sa.String(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decider_id", sa.Integer(), nullable=True),
        sa.Column("import_id", sa.Integer(), nullable=True),
        sa.Column("entered_in_error_on", sa.Date(), nullable=True),
        sa.Column("entered_in_error_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(status = 'decided') = (decision IS NOT NULL)", name=op.f("ck_alleged_breaches_decided_has_decision")
        ),
        sa.CheckConstraint("status IN ('alleged', 'decided')", name=op.f("ck_alleged_breaches_status_known")),
        sa.CheckConstraint(
            "(entered_in_error_on IS NULL) = (entered_in_error_reason IS NULL)",
            name=op.f("ck_alleged_breaches_entered_in_error_has_reason"),
        ),
        sa.CheckConstraint(
            "decision IS NULL OR (decision_reason IS NOT NULL AND decided_on IS NOT NULL) OR import_id IS NOT NULL",
            name=op.f("ck_alleged_breaches_decision_has_reason"),
        ),
        sa.CheckConstraint("to_on IS NULL OR to_on >= from_on", name=op.f("ck_alleged_breaches_days_in_order")),
        sa.ForeignKeyConstraint(["decider_id"], ["users.id"], name=op.f("fk_alleged_breaches_decider_id")),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name=op.f("fk_alleged_breaches_import_id")),
        sa.ForeignKeyConstraint(
            ["intervention_id"], ["interventions.id"], name=op.f("fk_alleged_breaches_intervention_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alleged_breaches")),
    )
    op.create_index("ix_alleged_breaches_by_day", "alleged_breaches", ["from_on", "id"], unique=False)
    op.create_index("ix_alleged_breaches_by_intervention", "alleged_breaches", ["intervention_id", "id"], unique=False)
    op.create_index(op.f("ix_alleged_breaches_import_id"), "alleged_breaches", ["import_id"], unique=False)
    op.create_table(
        "appeals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("intervention_id", sa.Integer(), nullable=False),
        sa.Column("lodged_on", sa.Date(), nullable=True),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("grounds", sa.String(), nullable=True),
        sa.Column("court", sa.String(), nullable=True),
        sa.Column("stop_suspended_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("determined_on", sa.Date(), nullable=True),
        sa.Column("order_note", sa.String(), nullable=True),
        sa.Column("import_id", sa.Integer(), nullable=True),
        sa.Column("entered_in_error_on", sa.Date(), nullable=True),
        sa.Column("entered_in_error_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('dismissed', 'modified', 'quashed', 'withdrawn')", name=op.f("ck_appeals_outcome_known")
        ),
        sa.CheckConstraint(
            "(entered_in_error_on IS NULL) = (entered_in_error_reason IS NULL)",
            name=op.f("ck_appeals_entered_in_error_has_reason"),
        ),
        sa.CheckConstraint("determined_on >= lodged_on", name=op.f("ck_appeals_days_in_order")),
        sa.CheckConstraint(
            "determined_on IS NULL OR outcome IS NOT NULL", name=op.f("ck_appeals_determined_has_outcome")
        ),
        sa.CheckConstraint("lodged_on IS NOT NULL OR import_id IS NOT NULL", name=op.f("ck_appeals_lodged_has_day")),
        sa.CheckConstraint(
            "outcome IS NULL OR determined_on IS NOT NULL OR import_id IS NOT NULL",
            name=op.f("ck_appeals_outcome_has_day"),
        ),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name=op.f("fk_appeals_import_id")),
        sa.ForeignKeyConstraint(["intervention_id"], ["interventions.id"], name=op.f("fk_appeals_intervention_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeals")),
    )
    op.create_index("ix_appeals_by_intervention", "appeals", ["intervention_id", "id"], unique=False)
    op.create_index(op.f("ix_appeals_import_id"), "appeals", ["import_id"], unique=False)
    op.create_index("ix_appeals_lodged", "appeals", ["lodged_on", "id"], unique=False)
    op.create_index(
        "uq_appeals_one_pending",
        "appeals",
        ["intervention_id"],
        unique=True,
        sqlite_where=sa.text("outcome IS NULL AND entered_in_error_on IS NULL"),
        postgresql_where=sa.text("outcome IS NULL AND entered_in_error_on IS NULL"),
    )
    op.create_table(
        "complaint_categories",
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["category_id"], ["categories.id"], name=op.f("fk_complaint_categories_category_id")),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaints.id"], name=op.f("fk_complaint_categories_complaint_id")),
        sa.PrimaryKeyConstraint("complaint_id", "category_id", name=op.f("pk_complaint_categories")),
    )
    op.create_index(op.f("ix_complaint_categories_category_id"), "complaint_categories", ["category_id"], unique=False)
    op.create_table(
        "consultees",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("intervention_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["intervention_id"], ["interventions.id"], name=op.f("fk_consultees_intervention_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultees")),
    )
    op.create_index(op.f("ix_consultees_intervention_id"), "consultees", ["intervention_id"], unique=False)
    op.create_table(
        "court_outcomes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("intervention_id", sa.Integer(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("plea", sa.String(), nullable=True),
        sa.Column("court", sa.String(), nullable=True),
        sa.Column("fine_pence", sa.Integer(), nullable=True),
        sa.Column("costs_pence", sa.Integer(), nullable=True),
        sa.Column("surcharge_pence", sa.Integer(), nullable=True),
        sa.Column("compensation_pence", sa.Integer(), nullable=True),
        sa.Column("orders", sa.String(), nullable=True),
        sa.Column("import_id", sa.Integer(), nullable=True),
        sa.Column("entered_in_error_on", sa.Date(), nullable=True),
        sa.Column("entered_in_error_reason", sa.String(), nullable=True),
        sa.CheckConstraint(
            "plea IS NULL OR plea IN ('guilty', 'not_guilty', 'none')", name=op.f("ck_court_outcomes_plea_known")
        ),
        sa.CheckConstraint(
            "result IN ('convicted', 'acquitted', 'discontinued', 'dismissed')",
            name=op.f("ck_court_outcomes_result_known"),
        ),
        sa.CheckConstraint(
            "(entered_in_error_on IS NULL) = (entered_in_error_reason IS NULL)",
            name=op.f("ck_court_outcomes_entered_in_error_has_reason"),
        ),
        sa.CheckConstraint(
            "decided_on IS NOT NULL OR import_id IS NOT NULL", name=op.f("ck_court_outcomes_decided_has_day")
        ),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name=op.f("fk_court_outcomes_import_id")),
        sa.ForeignKeyConstraint(
            ["intervention_id"], ["interventions.id"], name=op.f("fk_court_outcomes_intervention_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_court_outcomes")),
    )
    op.create_index("ix_court_outcomes_by_day", "court_outcomes", ["result", "decided_on", "id"], unique=False)
    op.create_index(op.f("ix_court_outcomes_import_id"), "court_outcomes", ["import_id"], unique=False)
    op.create_index(op.f("ix_court_outcomes_intervention_id"), "court_outcomes", ["intervention_id"], unique=False)
    op.create_index(
        "uq_court_outcomes_one_standing",
        "court_outcomes",
        ["intervention_id"],
        unique=True,
        sqlite_where=sa.text("entered_in_error_on IS NULL"),
        postgresql_where=sa.text("entered_in_error_on IS NULL"),
    )
    op.create_table(
        "intervention_evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("intervention_id", sa.Integer(), nullable=False),
        sa.Column("limb", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=True),
        sa.Column("complaint_id", sa.Integer(), nullable=True),
        sa.Column("note_id", sa.Integer(), nullable=True),
        sa.Column("attachment_id", sa.Integer(), nullable=True),
        sa.Column("contact_entry_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "description IS NOT NULL OR complaint_id IS NOT NULL OR note_id IS NOT NULL OR attachment_id IS NOT NULL OR contact_entry_id IS NOT NULL",
            name=op.f("ck_intervention_evidence_rests_on_something"),
        ),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachments.id"], name=op.f("fk_intervention_evidence_attachment_id")
        ),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaints.id"], name=op.f("fk_intervention_evidence_complaint_id")
        ),
        sa.ForeignKeyConstraint(
            ["contact_entry_id"], ["contact_entries.id"], name=op.f("fk_intervention_evidence_contact_entry_id")
        ),
        sa.ForeignKeyConstraint(
            ["intervention_id"], ["interventions.id"], name=op.f("fk_intervention_evidence_intervention_id")
        ),
        sa.ForeignKeyConstraint(["note_id"], ["notes.id"], name=op.f("fk_intervention_evidence_note_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intervention_evidence")),
    )
    op.create_index(
        op.f("ix_intervention_evidence_intervention_id"), "intervention_evidence", ["intervention_id"], unique=False
    )
    op.create_table(
        "payments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("intervention_id", sa.Integer(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("amount_pence", sa.Integer(), nullable=True),
        sa.Column("method", sa.String(), nullable=True),
        sa.Column("reference", sa.String(), nullable=True),
        sa.Column("in_time", sa.Boolean(), nullable=True),
        sa.Column("late_reason", sa.String(), nullable=True),
        sa.Column("import_id", sa.Integer(), nullable=True),
        sa.Column("entered_in_error_on", sa.Date(), nullable=True),
        sa.Column("entered_in_error_reason", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(entered_in_error_on IS NULL) = (entered_in_error_reason IS NULL)",
            name=op.f("ck_payments_entered_in_error_has_reason"),
        ),
        sa.CheckConstraint(
            "(paid_on IS NOT NULL AND amount_pence IS NOT NULL) OR import_id IS NOT NULL",
            name=op.f("ck_payments_paid_has_day_and_amount"),
        ),
        sa.CheckConstraint("amount_pence > 0", name=op.f("ck_payments_amount_is_positive")),
        sa.CheckConstraint("in_time IS NOT NULL OR import_id IS NOT NULL", name=op.f("ck_payments_in_time_is_known")),
        sa.CheckConstraint(
            "in_time OR late_reason IS NOT NULL OR import_id IS NOT NULL", name=op.f("ck_payments_late_has_reason")
        ),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name=op.f("fk_payments_import_id")),
        sa.ForeignKeyConstraint(["intervention_id"], ["interventions.id"], name=op.f("fk_payments_intervention_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payments")),
    )
    op.create_index("ix_payments_by_day", "payments", ["paid_on", "id"], unique=False)
    op.create_index("ix_payments_by_intervention", "payments", ["intervention_id", "id"], unique=False)
    op.create_index(op.f("ix_payments_import_id"), "payments", ["import_id"], unique=False)
    op.create_table(
        "requirements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("intervention_id", sa.Integer(), nullable=False),
        sa.Column("power", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "stop", "do", "steps", name="requirementkind", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("comply_by", sa.Date(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.CheckConstraint(
            "power <> 'CPN' OR kind <> 'stop' OR comply_by IS NULL", name=op.f("ck_requirements_no_time_limit_on_stop")
        ),
        sa.CheckConstraint("number > 0 AND version > 0", name=op.f("ck_requirements_counted_from_one")),
        sa.CheckConstraint(
            "to_on IS NULL OR from_on IS NULL OR to_on >= from_on", name=op.f("ck_requirements_days_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["intervention_id", "power"],
            ["interventions.id", "interventions.power"],
            name=op.f("fk_requirements_intervention_id_power"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requirements")),
        sa.UniqueConstraint(
            "intervention_id", "number", "version", name=op.f("uq_requirements_intervention_id_number_version")
        ),
    )
    op.create_table(
        "services",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("intervention_id", sa.Integer(), nullable=False),
        sa.Column("power", sa.String(), nullable=False),
        sa.Column(
            "method",
            sa.Enum(
                "hand",
                "left",
                "post",
                "posted_on_premises",
                "email",
                "other_written",
                name="servicemethod",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("given_on", sa.Date(), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deemed_because", sa.String(), nullable=True),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("address_basis", sa.String(), nullable=True),
        sa.Column("server_id", sa.Integer(), nullable=True),
        sa.Column("witness", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("proof_id", sa.Integer(), nullable=True),
        sa.Column("import_id", sa.Integer(), nullable=True),
        sa.Column("entered_in_error_on", sa.Date(), nullable=True),
        sa.Column("entered_in_error_reason", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(method IS NOT NULL AND given_on IS NOT NULL) OR (method = 'post' AND sent_on IS NOT NULL) OR import_id IS NOT NULL",
            name=op.f("ck_services_given_how_and_when"),
        ),
        sa.CheckConstraint(
            "power <> 'FPN' OR method <> 'posted_on_premises'", name=op.f("ck_services_penalty_not_posted_on_premises")
        ),
        sa.CheckConstraint("power <> 'PROSECUTION'", name=op.f("ck_services_prosecution_is_not_served")),
        sa.CheckConstraint(
            "power NOT IN ('CPN', 'FPN') OR method NOT IN ('email', 'other_written')",
            name=op.f("ck_services_notice_service_known_to_s55"),
        ),
        sa.CheckConstraint(
            "(entered_in_error_on IS NULL) = (entered_in_error_reason IS NULL)",
            name=op.f("ck_services_entered_in_error_has_reason"),
        ),
        sa.CheckConstraint("given_on >= sent_on OR sent_on IS NULL", name=op.f("ck_services_days_in_order")),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name=op.f("fk_services_import_id")),
        sa.ForeignKeyConstraint(
            ["intervention_id", "power"],
            ["interventions.id", "interventions.power"],
            name=op.f("fk_services_intervention_id_power"),
        ),
        sa.ForeignKeyConstraint(["proof_id"], ["attachments.id"], name=op.f("fk_services_proof_id")),
        sa.ForeignKeyConstraint(["server_id"], ["users.id"], name=op.f("fk_services_server_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_services")),
    )
    op.create_index("ix_services_by_intervention", "services", ["intervention_id", "id"], unique=False)
    op.create_index(op.f("ix_services_import_id"), "services", ["import_id"], unique=False)
    op.create_table(
        "breach_requirements",
        sa.Column("breach_id", sa.Integer(), nullable=False),
        sa.Column("requirement_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["breach_id"], ["alleged_breaches.id"], name=op.f("fk_breach_requirements_breach_id")),
        sa.ForeignKeyConstraint(
            ["requirement_id"], ["requirements.id"], name=op.f("fk_breach_requirements_requirement_id")
        ),
        sa.PrimaryKeyConstraint("breach_id", "requirement_id", name=op.f("pk_breach_requirements")),
    )
    op.create_table(
        "deadlines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("intervention_id", sa.Integer(), nullable=True),
        sa.Column("requirement_id", sa.Integer(), nullable=True),
        sa.Column("breach_id", sa.Integer(), nullable=True),
        sa.Column("complaint_id", sa.Integer(), nullable=True),
        sa.Column("case_review_id", sa.Integer(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acts_from", sa.Date(), nullable=True),
        sa.Column("working", sa.String(), nullable=False),
        sa.Column("warnings", sa.String(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "running",
                "met",
                "stopped",
                "superseded",
                "missed",
                name="deadlinestate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_because", sa.String(), nullable=True),
        sa.Column("import_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(state = 'running') = (ended_on IS NULL)", name=op.f("ck_deadlines_ended_has_day")),
        sa.CheckConstraint("last_day >= starts_on", name=op.f("ck_deadlines_days_in_order")),
        sa.ForeignKeyConstraint(["breach_id"], ["alleged_breaches.id"], name=op.f("fk_deadlines_breach_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_deadlines_case_id")),
        sa.ForeignKeyConstraint(["case_review_id"], ["case_reviews.id"], name=op.f("fk_deadlines_case_review_id")),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaints.id"], name=op.f("fk_deadlines_complaint_id")),
        sa.ForeignKeyConstraint(["import_id"], ["imports.id"], name=op.f("fk_deadlines_import_id")),
        sa.ForeignKeyConstraint(["intervention_id"], ["interventions.id"], name=op.f("fk_deadlines_intervention_id")),
        sa.ForeignKeyConstraint(["requirement_id"], ["requirements.id"], name=op.f("fk_deadlines_requirement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadlines")),
    )
    op.create_index(op.f("ix_deadlines_breach_id"), "deadlines", ["breach_id"], unique=False)
    op.create_index("ix_deadlines_by_case", "deadlines", ["case_id", "state", "last_day"], unique=False)
    op.create_index("ix_deadlines_by_intervention", "deadlines", ["intervention_id", "rule"], unique=False)
    op.create_index(op.f("ix_deadlines_case_review_id"), "deadlines", ["case_review_id"], unique=False)
    op.create_index(op.f("ix_deadlines_complaint_id"), "deadlines", ["complaint_id"], unique=False)
    op.create_index("ix_deadlines_due", "deadlines", ["state", "last_day", "id"], unique=False)
    op.create_index(op.f("ix_deadlines_import_id"), "deadlines", ["import_id"], unique=False)
    op.create_index(op.f("ix_deadlines_requirement_id"), "deadlines", ["requirement_id"], unique=False)
    if not sqlite:
        op.create_foreign_key("fk_interventions_breach_id", "interventions", "alleged_breaches", ["breach_id"], ["id"])


def downgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint("fk_interventions_breach_id", "interventions", type_="foreignkey")
    for table in reversed(TABLES):
        op.drop_table(table)
