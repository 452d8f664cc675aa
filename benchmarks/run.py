"""`script/benchmark`: fill a database, measure every page against its floor, and the clockwork's busiest morning; print both."""

import argparse
import shutil
import sys
from pathlib import Path

from benchmarks.clockwork import measured as clockwork
from benchmarks.clockwork import print_runs
from benchmarks.filled import application, filled_database, signed_in_client
from benchmarks.instructions import instructions
from benchmarks.ratios import Measured, measured

ROOT = Path(__file__).resolve().parents[1]
#: The most a page may cost, as a multiple of its floor.
AIM = 4.0


def main() -> int:
    given = _arguments()
    database = given.database or filled_database(ROOT / "instance", given.cases)
    app = application(database)
    found = measured(app, signed_in_client(app), str(database), rounds=given.rounds, each=given.each)
    print_table(found)
    for name in given.instructions:
        if not shutil.which("valgrind"):
            print("No valgrind here: no instructions counted.", file=sys.stderr)
            break
        page, floor = (instructions(database, name, which) for which in ("page", "floor"))
        print(
            f"{name}: {page / 1e6:.2f} million instructions, floor {floor / 1e6:.2f}: {page / floor:.1f} times",
            flush=True,
        )
    print()
    print_runs(clockwork(given.reminders, given.people))
    over = [each.name for each in found if each.ratio > AIM]
    if over:
        print(f"Over {AIM:g} times their floor: {', '.join(over)}", file=sys.stderr)
    return 0


def print_table(found: list[Measured]) -> None:
    """A table that docs/performance.md can hold."""
    print("| page | times its floor (lowest-highest) | statements | kB | ms here | floor ms here |")
    print("|---|---|---|---|---|---|")
    for each in found:
        spread = f"{each.ratio:.1f} ({each.lowest:.1f}-{each.highest:.1f})"
        times = f"{each.page_ms:.1f} | {each.floor_ms:.2f}"
        print(f"| {each.name} | {spread} | {each.queries} | {each.kilobytes:.0f} | {times} |", flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/benchmark", description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000, help="how many cases the database holds")
    parser.add_argument("--database", type=Path, help="a filled SQLite file to measure on instead")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--each", type=int, default=20, help="requests a round")
    parser.add_argument("--reminders", type=int, default=10_000, help="reminders that the clockwork makes in one run")
    parser.add_argument("--people", type=int, default=200, help="people to whom it e-mails their caseload")
    parser.add_argument(
        "--instructions",
        nargs="*",
        default=[],
        metavar="PAGE",
        help="pages whose instructions are counted (minutes each)",
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
