"""Measuring: page and floor in turns, the processor time of each, the median of their ratios."""

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask

from benchmarks.floor import bare_app, statements_of
from benchmarks.pages import SIGN_IN, pages

WARM = 3


@dataclass(frozen=True)
class Measured:
    """One page: its ratio to its floor (the median of the rounds, and the lowest and highest), the milliseconds of the
    processor that both take here, how many statements it sends, how large it is."""

    name: str
    path: str
    ratio: float
    lowest: float
    highest: float
    page_ms: float
    floor_ms: float
    queries: int
    kilobytes: float


def measured(app: Flask, client: Any, database: str, *, rounds: int, each: int) -> list[Measured]:
    """Every page against its floor: `rounds` turns of `each` requests."""
    with app.app_context():
        wanted = pages()
    clients = {name: app.test_client() if name == SIGN_IN else client for name in wanted}
    for name, path in wanted.items():
        for _ in range(WARM):
            clients[name].get(path)
    found = {name: statements_of(app, clients[name], path) for name, path in wanted.items()}
    bare = bare_app(database, found).test_client()
    return [
        _measure(name, path, clients[name], bare, len(found[name]), rounds=rounds, each=each)
        for name, path in wanted.items()
    ]


def _measure(name: str, path: str, client: Any, bare: Any, queries: int, *, rounds: int, each: int) -> Measured:
    size = len(client.get(path).data) / 1024
    pages_took, floors_took = [], []
    for _ in range(rounds):
        pages_took.append(_took(lambda: client.get(path), each))
        floors_took.append(_took(lambda: bare.get(f"/floor/{name}"), each))
    ratios = [page / floor for page, floor in zip(pages_took, floors_took, strict=True)]
    return Measured(
        name=name,
        path=path,
        ratio=statistics.median(ratios),
        lowest=min(ratios),
        highest=max(ratios),
        page_ms=statistics.median(pages_took),
        floor_ms=statistics.median(floors_took),
        queries=queries,
        kilobytes=size,
    )


def _took(request: Callable[[], Any], each: int) -> float:
    """Milliseconds of the processor for one request, on average of `each`."""
    gc.collect()
    began = time.process_time()
    for _ in range(each):
        request()
    return (time.process_time() - began) * 1000 / each
