"""The categories that every installation begins with. An administrator may add, rename and retire."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

CATEGORIES = (
    ("noise", "Noise", None),
    ("noise_party", "Noise: party", "noise"),
    ("noise_music", "Noise: loud music", "noise"),
    ("noise_alarm", "Noise: alarm", "noise"),
    ("noise_other", "Noise: other", "noise"),
    ("rowdy", "Rowdy or inconsiderate behaviour", None),
    ("harassment", "Harassment, intimidation or threats", None),
    ("drugs", "Drug use or dealing", None),
    ("street_drinking", "Street drinking", None),
    ("begging", "Begging", None),
    ("litter_fly_tipping", "Litter or fly-tipping", None),
    ("graffiti", "Graffiti or damage", None),
    ("vehicles", "Vehicles", None),
    ("animals", "Animals", None),
    ("cuckooing", "Cuckooing", None),
    ("other", "Other", None),
)


def upgrade() -> None:
    columns = ("id", "code", "title", "parent_id", "position", "active")
    categories = sa.table("categories", *(sa.column(name) for name in columns))
    ids = {code: number for number, (code, _title, _parent) in enumerate(CATEGORIES, start=1)}
    op.bulk_insert(
        categories,
        [
            {
                "id": ids[code],
                "code": code,
                "title": title,
                "parent_id": ids[parent] if parent else None,
                "position": ids[code] * 10,
                "active": True,
            }
            for code, title, parent in CATEGORIES
        ],
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"SELECT setval('categories_id_seq', {len(CATEGORIES)})")


def downgrade() -> None:
    codes = ", ".join(f"'{code}'" for code, _title, _parent in CATEGORIES)
    op.execute(f"DELETE FROM case_categories WHERE category_id IN (SELECT id FROM categories WHERE code IN ({codes}))")
    op.execute(
        f"DELETE FROM complaint_categories WHERE category_id IN (SELECT id FROM categories WHERE code IN ({codes}))"
    )
    op.execute("UPDATE categories SET parent_id = NULL")
    op.execute(f"DELETE FROM categories WHERE code IN ({codes})")
