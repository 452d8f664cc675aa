"""Filters that somebody keeps for themselves: which lists have them, and what a name may be."""

from asb_cases.domain.errors import Findings, Refusal, gathered
from asb_cases.domain.names import fold_key
from asb_cases.domain.record_keeping import words_given

#: The lists, as addresses and rows name them, with what people call them.
LISTS: dict[str, str] = {
    "cases": "Cases",
    "complaints": "Complaints",
    "people": "People and bodies",
    "interventions": "Interventions",
    "case-reviews": "Case reviews",
    "tasks": "Tasks",
    "deadlines": "Deadlines",
}
#: So many of one list are still found at a glance.
MOST = 30
LONGEST_QUERY = 2000

AUTHORITY = "How saved filters work"
NAME_TAKEN = Refusal(
    "filter_name_taken",
    "You have a filter called “{name}” for this list already.",
    AUTHORITY,
    "Give this one another name, or delete the other first.",
    field="name",
)
TOO_MANY = Refusal(
    "too_many_filters",
    "You keep {most} filters for this list already.",
    AUTHORITY,
    "Delete one that you do not use any more.",
)
NOTHING_KEPT = Refusal(
    "nothing_to_keep",
    "No filter is chosen, so there is nothing to save.",
    AUTHORITY,
    "Choose what the list is to be narrowed to first, then save it.",
)


def check_name(name: str, others: list[str]) -> Findings:
    """Whether a filter may be called so beside the person's others of the same list."""
    taken = fold_key(name) in {fold_key(other) for other in others}
    return gathered([words_given("The name", fold_key(name), "name"), NAME_TAKEN.of(name=name) if taken else None])


def check_saving(name: str, query: str, others: list[str]) -> Findings:
    """Whether one more may be kept."""
    return check_name(name, others) + gathered([
        NOTHING_KEPT if not query or len(query) > LONGEST_QUERY else None,
        TOO_MANY.of(most=MOST) if len(others) >= MOST else None,
    ])  # fmt: skip
