"""The files that describe the other tools and powers, one each (`domain/powers/tools/*.toml`). Everything about a tool stands in
its own: its dated values, its clocks and its figure are read from there by the registers of those."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

#: Every other tool or power, by the name of its file, in the order in which they are offered. The list only grows.
TOOLS = (
    "written_warning",
    "abc",
    "mediation",
    "restorative_justice",
    "community_remedy",
    "injunction",
    "cbo",
    "closure_notice",
    "closure_order",
    "possession",
    "dispersal",
    "noise_abatement",
    "noise_act",
    "respect_order",
)
FOLDER = Path(__file__).parent / "powers" / "tools"

Table = Mapping[str, Any]


@cache
def tool_tables() -> tuple[Table, ...]:
    """The files as they are written, in order. They do not change while the program runs."""
    return tuple(tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8")) for name in TOOLS)
