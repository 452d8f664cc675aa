"""How much to write at a time, so that nobody waits long for the lock."""

import time
from collections.abc import Iterator
from contextlib import contextmanager


class Pace:
    """Batches that hold the lock for about `target` seconds, with a pause after each in which others get their turn.

    SQLite asks for a taken lock again and again, at most 25 thousandths of a second apart at first: the pause is longer
    than that, so that whoever waits gets in after one batch.
    """

    def __init__(self, *, target: float = 0.05, pause: float = 0.035, first: int = 25, most: int = 500) -> None:
        self.size = first
        self.longest = 0.0
        self._target, self._pause, self._most = target, pause, most

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Around the writing of one batch: measures it, chooses the next one's size, and pauses."""
        began = time.monotonic()
        yield
        taken = time.monotonic() - began
        self.longest = max(self.longest, taken)
        if taken > self._target:
            self.size = max(1, int(self.size * self._target / taken))
        elif taken < self._target * 0.7:
            self.size = min(self._most, self.size + max(1, self.size // 4))
        time.sleep(self._pause)
