"""What reached the out-of-hours service over a season, in sentences."""

from asb_cases.domain.figures import Dimension, RequestKind
from asb_cases.queries.figures import FigureSet
from asb_cases.reports.prose import Paragraph, Piece, Sentence, known, listed, number_of, part_of

TITLE = "Out-of-hours service"
CODE = "out_of_hours_requests"
ABOUT = {
    RequestKind.PARTY: ("a noisy party", "noisy parties"),
    RequestKind.MUSIC: ("loud music", "loud music"),
    RequestKind.ALARM: ("an alarm", "alarms"),
    RequestKind.OTHER: ("another matter", "other matters"),
}


def out_of_hours_paragraph(season: FigureSet) -> Paragraph:
    """The paragraph of the season: all requests and what they were about, the remainder too."""
    return Paragraph("out_of_hours", TITLE, (_requests(season),))


def _requests(season: FigureSet) -> Sentence:
    opening = f"From {season.period.in_words}"
    if not known(season, CODE):
        return Sentence(season.period, (f"{opening} there is no number of requests. {season.values[CODE].note}",))
    requests = number_of(season, CODE, "request", "requests")
    pieces: list[Piece] = [f"{opening} the out-of-hours service received ", requests]
    kinds = [_kind(season, kind) for kind in RequestKind if season.part(CODE, Dimension.KIND, kind)]
    if kinds:
        pieces += [": ", *listed(kinds)]
    return Sentence(season.period, (*pieces, "."))


def _kind(season: FigureSet, kind: RequestKind) -> tuple[Piece, ...]:
    part = part_of(season, CODE, Dimension.KIND, kind)
    one, many = ABOUT[kind]
    return part, f" about {one if part.value == 1 else many}"
