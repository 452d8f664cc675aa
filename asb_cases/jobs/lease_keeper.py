"""Holding a lease, or waiting for one whose holder has fallen silent.

The holder raises the row's `beat` every second or two. Whoever waits looks at it as often, and takes it once it has
stood still for `STILL_FOR` seconds of their own monotonic watch. A holder that could not beat for `SILENT_FOR`
(stopped, or without its database) counts itself out before anybody else may have come in.
"""

import time
from collections.abc import Callable

from asb_cases.adapters.time import now
from asb_cases.queries.leases import Seen, look_at
from asb_cases.services import leases

#: Seconds. Others wait longer than a holder trusts itself, and both together stay well below ten.
BEAT_EVERY, SILENT_FOR, STILL_FOR = 1.0, 4.0, 6.0


class LeaseKeeper:
    """One process's side of one lease. `step()` is called every `BEAT_EVERY` seconds, inside an application context."""

    def __init__(self, name: str, holder: str, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.name, self.holder = name, holder
        self._monotonic = monotonic
        self._beaten_at: float | None = None
        self._took = False
        self._seen: Seen | None = None
        self._seen_since = monotonic()

    def holds(self) -> bool:
        """Whether the lease is ours, as far as one can know without asking."""
        return self._beaten_at is not None and self._monotonic() - self._beaten_at < SILENT_FOR

    def step(self) -> bool:
        """Give a sign of life, or look whether the holder does. Returns whether the lease is ours now."""
        if self.holds():
            return self.beat()
        began = self._monotonic()
        self._beaten_at = began if self._try_to_take(began) else None
        return self.holds()

    def beat(self) -> bool:
        """Give a sign of life and nothing else: whether the lease is still ours. The moment before asking counts."""
        began = self._monotonic()
        self._beaten_at = began if self.holds() and leases.beat(self.name, self.holder) else None
        return self.holds()

    def release(self) -> None:
        """Give it back where the row still says that it is ours, also after we counted ourselves out: what we held it for is
        over, and nobody need wait for our silence."""
        if self._took:
            leases.release(self.name, self.holder)
            self._beaten_at, self._took = None, False

    def _try_to_take(self, began: float) -> bool:
        seen = look_at(self.name)
        if seen is not None and seen.holder is not None:
            if seen != self._seen:
                self._seen, self._seen_since = seen, began
                return False
            if began - self._seen_since < STILL_FOR:
                return False
        # Where the database is too busy to write it down, the silence seen so far still counts at the next look.
        taken = leases.take(self.name, self.holder, instead_of=seen, now=now())
        self._took = self._took or taken
        return taken
