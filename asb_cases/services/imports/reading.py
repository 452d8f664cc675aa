"""Rows read again from what was laid down of them: the same cells always say the same."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from asb_cases.adapters.row_store import StoredRow
from asb_cases.domain.imports.problems import Problem
from asb_cases.domain.imports.setting import Setting

Row = TypeVar("Row")


def read_again(
    read: Callable[[Mapping[str, str], Setting], tuple[Row | None, list[Problem]]], row: StoredRow, setting: Setting
) -> Row:
    """What a row says that could be read before."""
    said, problems = read(row.cells, setting)
    if said is None:
        raise AssertionError(f"line {row.line} could be read before: {problems}")
    return said
