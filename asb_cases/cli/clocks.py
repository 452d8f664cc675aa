"""`flask clocks`: the rules about time, and the last day that one of them comes to."""

import json
from datetime import date

import click
from flask.cli import AppGroup

from asb_cases.adapters.bank_holidays import shipped_bank_holidays
from asb_cases.adapters.time import today
from asb_cases.cli.days import DayOrMoment
from asb_cases.domain.calendar import with_weekday
from asb_cases.domain.clock_rules import CLOCK_RULES
from asb_cases.domain.clocks import ClockRule, Deadline, explain
from asb_cases.domain.counting import amount
from asb_cases.domain.legal_values import LegalValues, OutsideDates

clocks = AppGroup("clocks", help="Statutory periods, service standards and local practice.")


class Rule(click.ParamType[ClockRule]):
    """The code of a clock."""

    name = "rule"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> ClockRule:
        if isinstance(value, ClockRule):
            return value
        try:
            return CLOCK_RULES[str(value).strip().lower().replace("-", "_")]
        except KeyError:
            self.fail(f"“{value}” is not a clock. Those known: {', '.join(sorted(CLOCK_RULES))}.", param, ctx)


@clocks.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON alone.")
def list_clocks(as_json: bool) -> None:
    """Every clock: how long it runs today, from what, and under what authority."""
    values, day = LegalValues.load(), today()
    rows = [
        {
            "rule": rule.code,
            "title": rule.title,
            "length": _length(rule, values, day),
            "event": rule.event,
            "counting": rule.counting.value,
            "kind": rule.kind.value,
            "authority": rule.authority,
        }
        for rule in CLOCK_RULES.values()
    ]
    if as_json:
        click.echo(json.dumps(rows, indent=2))
        return
    shown = ("rule", "length", "event", "kind", "authority")
    widths = [max(len(row[column]) for row in rows) for column in shown]
    for row in ({column: column.upper() for column in shown}, *rows):
        line = "  ".join(row[column].ljust(width) for column, width in zip(shown, widths, strict=True))
        click.echo(line.rstrip())


@clocks.command("explain")
@click.argument("rule", type=Rule())
@click.argument("event", metavar="DATE", type=DayOrMoment())
@click.option("--json", "as_json", is_flag=True, help="Print JSON alone.")
def explain_clock(rule: ClockRule, event: date, as_json: bool) -> None:
    """The last day of a clock that its event starts on DATE, with the arithmetic.

    DATE is 2026-03-02 or 02/03/2026; clocks in hours take a time too, 2026-03-02T14:30.
    """
    try:
        deadline = explain(rule, event, values=LegalValues.load(), holidays=shipped_bank_holidays())
    except OutsideDates as error:
        raise click.ClickException(str(error)) from error
    click.echo(json.dumps(_as_json(deadline), indent=2) if as_json else _as_text(deadline))


def _length(rule: ClockRule, values: LegalValues, day: date) -> str:
    if rule.length is None:
        return "day named"
    unit = values[rule.length].unit
    longest = amount(values.number(rule.length, day), unit)
    return f"{values.number(rule.target, day)} to {longest}" if rule.target else longest


def _as_json(deadline: Deadline) -> dict[str, object]:
    return {
        "rule": deadline.rule.code,
        "event": deadline.event,
        "authority": deadline.authority,
        "starts": deadline.starts.isoformat(),
        "last_day": deadline.last_day.isoformat(),
        "acts_from": deadline.acts_from.isoformat() if deadline.acts_from else None,
        "working": deadline.working,
        "warnings": list(deadline.warnings),
    }


def _as_text(deadline: Deadline) -> str:
    lines = [
        deadline.rule.title,
        f"  Starts:    {with_weekday(deadline.starts)} ({deadline.event})",
        f"  Last day:  {with_weekday(deadline.last_day)}",
        f"  Next step: from {with_weekday(deadline.acts_from)}" if deadline.acts_from else None,
        f"  Working:   {deadline.working}",
        f"  Authority: {deadline.authority}",
        *(f"  Note:      {warning}" for warning in deadline.warnings),
    ]
    return "\n".join(line for line in lines if line)
