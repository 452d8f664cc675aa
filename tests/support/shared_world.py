"""One application with one of each record (`make_world`), for many tests that each put back what they changed: making it
takes longer than most of them."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import make_url

from tests.support.access_world import make_world
from tests.support.databases import fresh_database
from tests.support.shared_app import own_app_on


class SharedWorld:
    """The application, what is in it, and its SQLite database as it was in the beginning."""

    def __init__(self, url: str, storage: Path) -> None:
        self.app = own_app_on(url, storage)
        self.world = make_world(self.app)
        self.database = sqlite3.connect(make_url(url).database or "", check_same_thread=False)
        self._before = sqlite3.connect(":memory:", check_same_thread=False)
        self.keep()

    def keep(self) -> None:
        """Take the rows as they are now for the beginning."""
        self.database.backup(self._before)

    def put_back(self) -> None:
        """Make every row what it was in the beginning."""
        self._before.backup(self.database)


@contextmanager
def shared_world(storage: Path) -> Iterator[SharedWorld]:
    """A world of this worker's own, gone at the end."""
    with fresh_database("sqlite") as url:
        yield SharedWorld(url, storage)
