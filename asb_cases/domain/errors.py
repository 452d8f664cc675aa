"""What a rule finds: refusals (no override), cautions (allowed with a reason), and the errors that carry them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Refusal:
    """Why a step may not be taken, under what authority, and how to put it right.

    `field` names the input it is about, where there is one. Rule files keep each refusal as one constant; the text
    may hold `{placeholders}`, filled in by `of(...)`.
    """

    code: str
    message: str
    authority: str
    remedy: str
    field: str | None = None

    def of(self, **values: object) -> "Refusal":
        """This refusal with its placeholders filled in."""
        return replace(self, message=self.message.format(**values), remedy=self.remedy.format(**values))

    def at(self, field: str) -> "Refusal":
        """This refusal, about another input."""
        return replace(self, field=field)

    def __str__(self) -> str:
        return " ".join(filter(None, (self.message, self.authority and f"({self.authority})", self.remedy)))


@dataclass(frozen=True)
class Caution:
    """What practice advises against. The step stays open, once a reason is recorded. Usually no section to cite."""

    code: str
    message: str
    field: str | None = None
    authority: str | None = None

    def of(self, **values: object) -> "Caution":
        """This caution with its placeholders filled in."""
        return replace(self, message=self.message.format(**values))

    def __str__(self) -> str:
        return f"{self.message} ({self.authority})" if self.authority else self.message


@dataclass(frozen=True)
class Findings:
    """All that the rules have to say about one step on one set of facts. Findings add up."""

    refusals: tuple[Refusal, ...] = ()
    cautions: tuple[Caution, ...] = ()

    def __add__(self, other: "Findings") -> "Findings":
        return Findings(self.refusals + other.refusals, self.cautions + other.cautions)

    @property
    def allowed(self) -> bool:
        """True where nothing refuses; cautions may stand."""
        return not self.refusals

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the refusals, then of the cautions."""
        return (*(refusal.code for refusal in self.refusals), *(caution.code for caution in self.cautions))

    def raise_if_refused(self) -> None:
        """Raise `RuleBroken` with every refusal, where there is one."""
        if self.refusals:
            raise RuleBroken(self.refusals)

    def raise_unless_reasoned(self, reason: str | None) -> None:
        """Raise `RuleBroken` for any refusal, or where cautions stand and no reason for going on is recorded."""
        self.raise_if_refused()
        if self.cautions and not (reason or "").strip():
            told = " ".join(caution.message for caution in self.cautions)
            raise RuleBroken((CAUTIONS_NEED_REASON.of(told=told),))


NOTHING = Findings()

CAUTIONS_NEED_REASON = Refusal(
    "cautions_need_reason",
    "Before you go on: {told}",
    "Council practice",
    "Change what is pointed out, or say why you go on as it is; the reason is kept with the record.",
    field="cautions_reason",
)


def gathered(findings: Iterable[Refusal | Caution | None]) -> Findings:
    """Findings from the answers of single checks, of which those that found nothing are None."""
    found = [each for each in findings if each is not None]
    return Findings(
        tuple(each for each in found if isinstance(each, Refusal)),
        tuple(each for each in found if isinstance(each, Caution)),
    )


class RuleBroken(Exception):
    """A step the rules refuse. `refusals` says each why, with its authority and its remedy; there is at least one."""

    def __init__(self, refusals: Iterable[Refusal]) -> None:
        self.refusals = tuple(refusals)
        super().__init__("\n".join(str(refusal) for refusal in self.refusals))


class NotPermitted(Exception):
    """The actor's role does not include the act. Not a matter of the law: somebody else may do it."""

    def __init__(self, permission: str) -> None:
        self.permission = permission
        super().__init__(f"Your role does not include this: {permission.replace('_', ' ')}.")
