"""Bar charts of a yearly report: drawn as SVG for pages and paper, and as PNG for word processors that know no SVG.

They are told apart by light and dark alone, so that they print in grey; each bar carries its number.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from asb_cases.reports.annual_document import Bar, Chart

WIDTH, BAR, GAP, HEAD, TEXT = 640, 20, 6, 20, 13
LEGEND, EDGE = 28, 110
INK, LIGHT, PAPER = "#0b0c0c", "#c9d1d3", "#ffffff"
DARK = "#12475a"
#: How often a pixel of the drawing is one of the PNG.
SCALE = 2


@dataclass(frozen=True)
class _Drawn:
    """A bar in its place, or the name above a group of bars (`bar` None)."""

    top: int
    text: str
    bar: Bar | None = None
    width: float = 0


@dataclass(frozen=True)
class Drawing:
    """Everything of a chart in its place, for the template that writes it as SVG."""

    chart: Chart
    width: int
    height: int
    legend: tuple[tuple[int, str, str], ...]
    drawn: tuple[tuple[_Drawn, str], ...]


def drawing_of(chart: Chart) -> Drawing:
    """The legend (place, fill, words) and what is drawn, each with its fill."""
    placed, height = _placed(chart)
    legend = tuple((x, _fill(chart, series), chart.series[series]) for x, series in _legend(chart))
    drawn = tuple((each, _fill(chart, each.bar.series) if each.bar else "") for each in placed)
    return Drawing(chart, WIDTH, height, legend, drawn)


def chart_png(chart: Chart) -> bytes:
    """The same drawing as a picture."""
    placed, height = _placed(chart)
    image = Image.new("RGB", (WIDTH * SCALE, height * SCALE), PAPER)
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(TEXT * SCALE)
    for x, series in _legend(chart):
        draw.rectangle(_box(x, 4, 14, 14), fill=_fill(chart, series), outline=INK, width=SCALE)
        draw.text(((x + 20) * SCALE, 2 * SCALE), chart.series[series], fill=INK, font=font)
    for each in placed:
        if each.bar is None:
            draw.text((0, each.top * SCALE), each.text, fill=INK, font=font)
            continue
        draw.rectangle(_box(0, each.top, each.width, BAR), fill=_fill(chart, each.bar.series), outline=INK, width=SCALE)
        draw.text(((each.width + 8) * SCALE, (each.top + 1) * SCALE), each.text, fill=INK, font=font)
    written = BytesIO()
    image.save(written, "PNG", optimize=True)
    return written.getvalue()


def _box(x: float, y: float, width: float, height: float) -> tuple[float, float, float, float]:
    return x * SCALE, y * SCALE, (x + max(width, 1)) * SCALE, (y + height) * SCALE


def _fill(chart: Chart, series: int) -> str:
    """The newest is dark, what it is compared with light."""
    return DARK if series == len(chart.series) - 1 else LIGHT


def _legend(chart: Chart) -> Iterator[tuple[int, int]]:
    x = 0
    for series, label in enumerate(chart.series):
        yield x, series
        x += 40 + 8 * len(label)


def _placed(chart: Chart) -> tuple[list[_Drawn], int]:
    """Everything in its place, and the height of the whole."""
    longest = max((abs(bar.value) for bar in chart.bars), default=0) or 1
    room = WIDTH - EDGE
    drawn: list[_Drawn] = []
    top, label = LEGEND, None
    for bar in chart.bars:
        if bar.label != label:
            label = bar.label
            drawn.append(_Drawn(top, bar.label))
            top += HEAD
        drawn.append(_Drawn(top, bar.words, bar, max(room * abs(bar.value) / longest, 1)))
        top += BAR + GAP
    return drawn, top + GAP
