"""From one value to another: the difference in per cent, and the words for it. Numbers as a council prints them."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

Number = int | Decimal

_TENTH = Decimal("0.1")
HUNDRED = Decimal(100)
NOT_APPLICABLE = "n/a"


@dataclass(frozen=True)
class Change:
    """From `old` to `new`. `per_cent` has one decimal, and is None where there is no base or a value is missing."""

    old: Number | None
    new: Number | None
    per_cent: Decimal | None

    @property
    def signed(self) -> str:
        """`+2.6%`, `-16.0%`, `0.0%` or `n/a`, for a table."""
        if self.per_cent is None:
            return NOT_APPLICABLE
        return f"{'+' if self.per_cent > 0 else ''}{self.per_cent:,}%"

    @property
    def direction(self) -> str:
        """`up`, `down` or `the same`, for a table; `` where a value is missing."""
        if self.old is None or self.new is None:
            return ""
        if self.old == self.new:
            return "the same"
        return "up" if self.new > self.old else "down"

    @property
    def as_verb(self) -> str:
        """`increased by 2.6 per cent`, `fell by 16 per cent`, `did not change`; without a per cent where there is no base."""
        if self.old is None or self.new is None or self.old == self.new:
            return "did not change"
        verb = "increased" if self.new > self.old else "fell"
        return verb if self.per_cent is None else f"{verb} by {grouped(abs(self.per_cent))} per cent"

    @property
    def as_noun(self) -> str:
        """`an increase of 2.6 per cent`, `a fall of 16 per cent`, `the same number`; `` where there is no base."""
        if self.per_cent is None:
            return ""
        if self.new == self.old:
            return "the same number"
        noun = "an increase" if (self.new or 0) > (self.old or 0) else "a fall"
        return f"{noun} of {grouped(abs(self.per_cent))} per cent"


def stated(per_cent: Decimal) -> str:
    """A change that was supplied without its base, in the same words: `fell by 11 per cent`."""
    if not per_cent:
        return "did not change"
    return f"{'increased' if per_cent > 0 else 'fell'} by {grouped(abs(per_cent))} per cent"


def change(old: Number | None, new: Number | None) -> Change:
    """The change from `old` to `new`, in per cent of `old`. From nothing there is none."""
    if old is None or new is None or old <= 0:
        return Change(old, new, None)
    return Change(old, new, one_decimal((Decimal(new) - Decimal(old)) * HUNDRED / Decimal(old)))


def rate(over: int | None, under: int | None) -> Decimal | None:
    """`over` for every hundred `under`, one decimal; None where either is missing or `under` is 0."""
    if over is None or not under:
        return None
    return one_decimal(Decimal(over) * HUNDRED / Decimal(under))


def one_decimal(value: Decimal) -> Decimal:
    """Rounded to one decimal, halves away from zero; nothing is ever minus nought."""
    rounded = value.quantize(_TENTH, rounding=ROUND_HALF_UP)
    return rounded if rounded else abs(rounded)


def grouped(value: Number) -> str:
    """With commas between thousands and no needless decimals: `13,718`, `16`, `2.6`."""
    if value == int(value):
        return f"{int(value):,}"
    return f"{Decimal(value).normalize():,f}"


def counted(value: int, one: str, many: str) -> str:
    """`1 notice`, `39 notices`, `no notices`."""
    if value == 0:
        return f"no {many}"
    return f"{grouped(value)} {one if value == 1 else many}"
