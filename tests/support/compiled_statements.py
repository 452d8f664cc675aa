"""SQL that one test has had compiled serves the next. Every test has an engine of its own, and each would else compile the
same statements anew: half the time of a test of acts."""

from typing import Any

from sqlalchemy import Dialect, Engine

_dialects: dict[str, Dialect] = {}
_compiled: dict[str, dict[Any, Any]] = {}


def share_compiled_statements(engine: Engine) -> None:
    """Let an engine use what earlier engines of its kind compiled. Compiled statements are kept by dialect, of which one
    stands for all: their settings are the same."""
    if engine.name not in _dialects:
        with engine.connect():  # a dialect knows its server once it has met it; one that has not stands for nobody
            _dialects[engine.name] = engine.dialect
    engine.dialect = _dialects[engine.name]
    engine.update_execution_options(compiled_cache=_compiled.setdefault(engine.name, {}))
