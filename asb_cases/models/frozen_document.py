"""Documents as they left: frozen when they were signed, sent or recorded. Nothing alters one afterwards."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from asb_cases.extensions import Base, UtcDateTime


class FrozenDocument(Base):
    """One document: the bytes kept under their SHA-256, what it was made of (`data`, canonical JSON) and in which version of
    its template and of the law's own text. Only added to, by a trigger: of a row nothing changes but the case and the
    person that it hangs on, where two records are merged.

    It hangs on an intervention of a case, on a case (with the contact that it puts in writing, where it is one), on a
    complaint, or on an application for a case review. `kind` is a code of `documents.kinds` or `documents.letters`.
    """

    __tablename__ = "frozen_documents"
    __table_args__ = (
        CheckConstraint(
            "case_id IS NOT NULL OR case_review_id IS NOT NULL OR complaint_id IS NOT NULL", name="hangs_on_something"
        ),
        CheckConstraint("length(sha256) = 64", name="hash_is_whole"),
        CheckConstraint("size_bytes > 0", name="says_something"),
        Index("ix_frozen_documents_of_intervention", "intervention_id", "id"),
        Index("ix_frozen_documents_of_case", "case_id", "id"),
        Index("ix_frozen_documents_of_complaint", "complaint_id", "id"),
        Index("ix_frozen_documents_of_case_review", "case_review_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    title: Mapped[str]
    number: Mapped[str]
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
    intervention_id: Mapped[int | None] = mapped_column(ForeignKey("interventions.id"))
    case_review_id: Mapped[int | None] = mapped_column(ForeignKey("case_reviews.id"))
    complaint_id: Mapped[int | None] = mapped_column(ForeignKey("complaints.id"))
    contact_entry_id: Mapped[int | None] = mapped_column(ForeignKey("contact_entries.id"))
    recipient_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    template: Mapped[str]
    template_version: Mapped[str]
    block_version: Mapped[str | None]
    data: Mapped[str]
    sha256: Mapped[str] = mapped_column(index=True)
    size_bytes: Mapped[int]
    media_type: Mapped[str]
    made_with: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
