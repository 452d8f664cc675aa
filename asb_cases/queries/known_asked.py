"""What is typed so far while a report is taken in, and how much of it is needed before anything is looked for."""

from dataclasses import dataclass

from asb_cases.domain.names import fold_key
from asb_cases.domain.people import PersonKind, phone_match_key

#: So many of each kind are shown; one more says that there are more.
AT_MOST = 5
#: Letters of a name or a place before anything is looked for.
LEAST_TYPED = 3


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What was typed so far, and what was chosen of what was offered: that stays in sight."""

    reporter: str | None = None
    phone: str | None = None
    subject: str | None = None
    subject_kinds: tuple[PersonKind, ...] = tuple(PersonKind)
    place: str | None = None
    postcode: str | None = None
    reporter_id: int | None = None
    subject_ids: tuple[int, ...] = ()
    case_id: int | None = None

    @property
    def anything(self) -> bool:
        """Whether enough was typed or chosen to look for something."""
        typed = (self.reporter, phone_match_key(self.phone), self.subject, self.place, self.postcode)
        chosen = (self.reporter_id, *self.subject_ids, self.case_id)
        return any(each is not None for each in chosen) or any(is_enough(text) for text in typed)


def is_enough(text: str | None) -> bool:
    """Whether enough is typed to look for it."""
    return len(fold_key(text or "").replace(" ", "")) >= LEAST_TYPED


def given_ids(*ids: int | None) -> tuple[int, ...]:
    """Those that were chosen."""
    return tuple(each for each in ids if each is not None)
