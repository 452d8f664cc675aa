"""What an entry of the history says besides its title: codes and ids, in words."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from asb_cases.queries.case_history import names_of
from asb_cases.web.filters import day, words

#: Details that are ids of somebody or something with a name, and what each is.
KINDS = {
    "owner_id": "user", "from_owner_id": "user", "cover_id": "user", "user_id": "user", "reader_ids": "user",
    "team_id": "team", "from_team_id": "team", "partner_body_id": "body", "person_id": "person", "people": "person",
}  # fmt: skip
LABELS = {
    "owner_id": "To", "from_owner_id": "From", "cover_id": "Covered by", "user_id": "Who", "reader_ids": "Readers",
    "team_id": "Team", "from_team_id": "Team before", "partner_body_id": "Partner", "person_id": "Who",
    "due_on": "Due", "from_due_on": "Due before", "to": "To", "people": "Who", "number": "Step", "state": "Now",
    "direction": "Which way", "reached": "Somebody answered",
}  # fmt: skip
#: Codes whose words need what they are about.
VALUES = {("direction", "in"): "They contacted us", ("direction", "out"): "We contacted them"}
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

Names = Mapping[tuple[str, int], str]


class Detail(NamedTuple):
    """One thing that an entry says: about what, and what."""

    label: str
    value: str


def details_in_words(texts: Iterable[str], *, people: bool) -> list[list[Detail]]:
    """The details of entries (`texts`, as they are kept). Names of people of the register only where `people`. One query."""
    read: list[dict[str, Any]] = [json.loads(text) for text in texts]
    asked: dict[str, list[int]] = defaultdict(list)
    for details in read:
        for name, value in details.items():
            if name in KINDS and (people or KINDS[name] != "person"):
                asked[KINDS[name]] += [each for each in (value if isinstance(value, list) else [value]) if each]
    names = names_of(asked)
    return [list(_in_words(details, names)) for details in read]


def _in_words(details: Mapping[str, Any], names: Names) -> Iterator[Detail]:
    # What was before comes before what is.
    for name, value in sorted(details.items(), key=lambda each: not each[0].startswith("from_")):
        told = _named(KINDS[name], value, names) if name in KINDS else _said(name, value)
        if told:
            yield Detail(LABELS.get(name) or words(name), told)


def _named(kind: str, value: Any, names: Names) -> str:
    ids = value if isinstance(value, list) else [value]
    return ", ".join(names[kind, each] for each in ids if (kind, each) in names)


def _said(name: str, value: Any) -> str:
    """Other ids lead nowhere by themselves, and are left out."""
    if value is None or name.endswith(("_id", "_ids")):
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, dict):
        before, after = value.get("from"), value.get("to")
        return f"{before} to {after}" if before is not None else str(after or "")
    if isinstance(value, list):
        return ", ".join(words(each) for each in value if isinstance(each, str))
    text = str(value)
    if (name, text) in VALUES:
        return VALUES[name, text]
    return day(date.fromisoformat(text)) if DAY.fullmatch(text) else words(text)
