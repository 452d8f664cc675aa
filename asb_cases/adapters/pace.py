"""How much to write at a time, so that nobody waits long for the lock."""

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

#: How small and how large a batch may get.
LEAST, MOST = 20, 250
#: A batch grows by so much at most, once so many in a row were short.
GROWTH, SHORT_ONES = 1.25, 3


@dataclass(frozen=True)
class Held:
    """How long an act had the lock: seconds by the clock, and seconds in which this process worked meanwhile. What lies
    between them is the database's work, the disk's, and the machine's for others."""

    seconds: float
    working: float


@contextmanager
def _no_tidying() -> Iterator[None]:
    """Let Python look for garbage between acts: a whole look takes a tenth of a second."""
    switched_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if switched_on:
            gc.enable()


class Pace:
    """Batches that hold the lock for `target` seconds at most, if they can, with a short pause after each.

    Writers wait in a line (see `extensions`), so that whoever waits gets in after one batch; the pause leaves the machine
    to others. `held` tells for how long each act had the lock.
    """

    def __init__(self, *, target: float = 0.04, pause: float = 0.01, first: int = 50) -> None:
        self.size = first
        self.held: list[Held] = []
        self._target, self._pause = target, pause
        self._locked = self._worked = 0.0
        self._short = 0

    def locked(self) -> None:
        """Called by the act as soon as it has the lock: the time it waited for it is nobody else's."""
        self._locked, self._worked = time.monotonic(), time.thread_time()

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Around one act: measures it, chooses the size of the next, and pauses.

        A batch costs something however small it is, so that a slow one makes the next only somewhat smaller. One that is
        slow by chance, because the machine had something else to do, is made up for slowly.
        """
        self.locked()
        with _no_tidying():
            yield
            held = time.monotonic() - self._locked
            self.held.append(Held(held, time.thread_time() - self._worked))
        self._short = self._short + 1 if held < self._target * 0.7 else 0
        if held > self._target:
            self.size = max(LEAST, int(self.size * max(0.5, self._target / held)))
        elif self._short >= SHORT_ONES:
            self._short = 0
            self.size = min(MOST, int(self.size * GROWTH) + 1)
        time.sleep(self._pause)
