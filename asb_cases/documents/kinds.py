"""The register of documents: which there are of an intervention, once what has happened, and in which template."""

from dataclasses import dataclass, field
from types import MappingProxyType

from asb_cases.documents.statutory import (
    COST_NOTICE,
    FIXED_PENALTY,
    NOTICE_WILL_FOLLOW,
    SECTIONS_46_TO_51,
    WORK_NOTICE,
    StatutoryBlock,
)
from asb_cases.domain.measures import MeasureKind
from asb_cases.domain.powers import POWERS
from asb_cases.queries.document_rows import DocumentRows


@dataclass(frozen=True)
class DocumentKind:
    """One kind. `titles` says by power what it is called, and so of which powers there is one. `statuses` are those in which
    there is one, where not in all; `itself` marks the warning, notice or penalty, which there is from the draft on, `by_act`
    what is frozen by the act that it tells of. The others are kept from their own page. Of `measure` there is one once such a
    thing was recorded."""

    code: str
    titles: dict[str, str]
    template: str
    block: StatutoryBlock | None = None
    statuses: frozenset[str] | None = None
    itself: bool = False
    by_act: bool = False
    measure: MeasureKind | None = None
    uses: tuple[str, ...] = field(default=("address", "contact"))


@dataclass(frozen=True)
class Standing:
    """What decides which documents there are: where an intervention stands and what has happened to it."""

    power: str
    status: str
    was_given: bool
    varied: bool
    served: bool
    measures: frozenset[MeasureKind] = frozenset()


_LETTER = ("address", "contact", "languages", "privacy")
_GIVEN = ("CPW", "CPN", "FPN")


def _itself(code: str, power: str, block: StatutoryBlock, *uses: str) -> DocumentKind:
    titles = {power: POWERS[power].title}
    return DocumentKind(code, titles, POWERS[power].letter, block, itself=True, by_act=True, uses=(*_LETTER, *uses))


#: By code, which is a part of the address.
KINDS = MappingProxyType({
    kind.code: kind
    for kind in (
        _itself("warning", "CPW", NOTICE_WILL_FOLLOW),
        _itself("notice", "CPN", SECTIONS_46_TO_51, "appeal_court"),
        _itself("penalty", "FPN", FIXED_PENALTY, "dispute"),
        DocumentKind(
            "variation", {"CPN": "Variation of a community protection notice"}, "variation", SECTIONS_46_TO_51,
            by_act=True, uses=(*_LETTER, "appeal_court"),
        ),
        DocumentKind(
            "withdrawal",
            {
                "CPW": "Withdrawal of a community protection warning",
                "CPN": "Withdrawal of a community protection notice",
                "FPN": "Cancellation of a fixed penalty notice",
            },
            "withdrawal", statuses=frozenset({"withdrawn", "cancelled"}), by_act=True, uses=_LETTER,
        ),
        DocumentKind(
            "discharge", {"CPN": "Discharge of a community protection notice"}, "discharge",
            statuses=frozenset({"discharged"}), by_act=True, uses=_LETTER,
        ),
        DocumentKind(
            "work", {"CPN": "Notice of intended work, and request for consent"}, "notice_of_work", WORK_NOTICE,
            measure=MeasureKind.WORK_NOTICE, uses=_LETTER,
        ),
        DocumentKind(
            "cost", {"CPN": "Notice of the cost of work"}, "notice_of_cost", COST_NOTICE,
            measure=MeasureKind.COST_NOTICE, uses=(*_LETTER, "appeal_court"),
        ),
        DocumentKind("payment", {"FPN": "Certificate of payment or non-payment"}, "certificate_of_payment"),
        DocumentKind("service", dict.fromkeys(_GIVEN, "Certificate of service"), "certificate_of_service"),
    )
})  # fmt: skip


#: The code of the warning, notice or penalty itself, by power.
ITSELF = MappingProxyType({power: kind.code for kind in KINDS.values() if kind.itself for power in kind.titles})


def standing_of(rows: DocumentRows) -> Standing:
    """Where an intervention stands, by its rows."""
    step = rows.step
    return Standing(
        step.power, step.status, was_given=step.issued_on is not None, varied=rows.varied is not None,
        served=bool(rows.services), measures=frozenset(each.kind for each in rows.measures),
    )  # fmt: skip


def there_is(kind: DocumentKind, standing: Standing) -> bool:
    """Whether there is such a document of an intervention now."""
    if standing.power not in kind.titles:
        return False
    if kind.measure is not None:
        return kind.measure in standing.measures
    if kind.code == "variation":
        return standing.varied
    if kind.code == "service":
        return standing.served
    if kind.code == "payment":
        return standing.was_given
    return kind.itself or (standing.was_given and standing.status in (kind.statuses or ()))


def documents_of(standing: Standing) -> list[DocumentKind]:
    """Those there are, in the order of the register."""
    return [kind for kind in KINDS.values() if there_is(kind, standing)]
