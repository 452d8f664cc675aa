"""Whom an old register's entries are about, and when two entries that follow each other are about the same (s.45)."""

from dataclasses import dataclass, replace
from datetime import date

from asb_cases.domain.identification import UNNAMED
from asb_cases.domain.names import fold_key
from asb_cases.domain.people import PersonKind


@dataclass(frozen=True)
class Subject:
    """A subject as far as entries say. `name` and `addresses` are folded. No birth date, or no address: not known."""

    kind: PersonKind
    name: str
    born_on: date | None = None
    addresses: frozenset[str] = frozenset()

    def is_same(self, other: "Subject") -> bool:
        """Whether two entries, one of which follows the other, are about one subject: same kind and name, and nothing
        against it. A different birth date speaks against it. Another address does not, since people move; but premises
        don't, and they are what "the occupier" is known by."""
        if (self.kind, self.name) != (other.kind, other.name):
            return False
        if self.born_on and other.born_on and self.born_on != other.born_on:
            return False
        return self.kind not in UNNAMED or not (self.addresses and other.addresses) or self.shares_address(other)

    def is_identified(self, earlier: "Subject") -> bool:
        """Whether this may be, by name, the occupier or owner of premises that the earlier entry was addressed to."""
        return earlier.kind in UNNAMED and self.kind not in UNNAMED

    def was_warned(self, earlier: "Subject") -> bool:
        """Whether a warning to the earlier subject is one to this recipient. A notice to "the occupier" may stand on a
        warning to somebody by name at that address."""
        at_home = self.kind in UNNAMED and earlier.kind not in UNNAMED and self.shares_address(earlier)
        return self.is_same(earlier) or self.is_identified(earlier) or at_home

    def shares_address(self, other: "Subject") -> bool:
        return bool(self.addresses & other.addresses)

    def together_with(self, other: "Subject") -> "Subject":
        """What two entries about one subject say of it."""
        return replace(self, born_on=self.born_on or other.born_on, addresses=self.addresses | other.addresses)


def subject_of(kind: PersonKind, name: str, born_on: date | None, *addresses: str | None) -> Subject:
    """A subject as written down."""
    return Subject(kind, fold_key(name), born_on, frozenset(fold_key(address) for address in addresses if address))
