"""How much to write at a time, so that nobody waits long for the lock."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

#: How small and how large a batch may get.
LEAST, MOST = 20, 1000


class Pace:
    """Batches that hold the lock for about `target` seconds, with a pause after each in which others get their turn.

    SQLite asks for a taken lock again and again, at most 25 thousandths of a second apart at first: the pause is longer
    than that, so that whoever waits gets in after one batch.
    """

    def __init__(self, *, target: float = 0.07, pause: float = 0.03, first: int = 50) -> None:
        self.size = first
        self.longest = 0.0
        self._target, self._pause = target, pause

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Around the writing of one batch: measures it, chooses the next one's size, and pauses.

        A batch costs something however small it is, so that a slow one makes the next only somewhat smaller.
        """
        began = time.monotonic()
        yield
        taken = time.monotonic() - began
        self.longest = max(self.longest, taken)
        if taken > self._target:
            self.size = max(LEAST, int(self.size * max(0.5, self._target / taken)))
        elif taken < self._target * 0.75:
            self.size = min(MOST, self.size + self.size // 4)
        time.sleep(self._pause)
