"""Where files are kept: under the SHA-256 of their bytes, in a folder that all hosts share.

A file is written under a temporary name while it is received, hashed on the way, and synced to the disk; it gets its place
by a rename once the act that records it has found nothing to refuse. The place follows from the hash: nothing that
anybody typed is ever part of a path, and the same bytes are kept once.
"""

import hashlib
import os
import re
import secrets
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

#: Bytes read at once.
AT_ONCE = 256 * 1024
INCOMING = "incoming"
_HASH = re.compile(r"[0-9a-f]{64}")


class TooLarge(Exception):
    """More bytes came than are taken. Nothing of them is left."""


class StorageAway(Exception):
    """The folder cannot be written to, or its disk is full."""


class StoredFileFault(Exception):
    """A file that is on record is missing, or its bytes are not those that were received."""


class Readable(Protocol):
    """What bytes can be read from."""

    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True)
class Received:
    """A file that has arrived whole and has no place yet."""

    path: Path
    sha256: str
    size: int


class Storage:
    """The folder. Made if it is missing."""

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)

    def receive(self, stream: Readable, most_bytes: int) -> Received:
        """Write what comes, to its end, under a temporary name. Raises `TooLarge` and `StorageAway`.

        Whoever receives a file keeps or discards it.
        """
        try:
            incoming = self.folder / INCOMING
            incoming.mkdir(parents=True, exist_ok=True)
            path = incoming / secrets.token_hex(16)
            try:
                return self._written(path, stream, most_bytes)
            except BaseException:
                path.unlink(missing_ok=True)
                raise
        except OSError as error:
            raise StorageAway(error.strerror or "the storage folder cannot be used") from error

    def _written(self, path: Path, stream: Readable, most_bytes: int) -> Received:
        digest, size = hashlib.sha256(), 0
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            while piece := stream.read(AT_ONCE):
                size += len(piece)
                if size > most_bytes:
                    raise TooLarge
                digest.update(piece)
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        return Received(path, digest.hexdigest(), size)

    def keep(self, received: Received) -> None:
        """Give a received file its place, where it is read only. What has its place already keeps it (an act that is tried
        again). Raises `StorageAway`."""
        place = self.place_of(received.sha256)
        try:
            if not received.path.exists() and place.exists():
                return
            place.parent.mkdir(parents=True, exist_ok=True)
            received.path.chmod(stat.S_IRUSR | stat.S_IRGRP)
            received.path.rename(place)
            for folder in (place.parent, place.parent.parent):
                _sync_folder(folder)
        except OSError as error:
            raise StorageAway(error.strerror or "the storage folder cannot be used") from error

    def discard(self, received: Received) -> None:
        """Remove what was received and not kept; nothing where it was kept."""
        received.path.unlink(missing_ok=True)

    def place_of(self, sha256: str) -> Path:
        """Where the file with this hash stands, or would."""
        if not _HASH.fullmatch(sha256):
            raise ValueError("not a SHA-256 in hexadecimal")
        return self.folder / sha256[:2] / sha256[2:4] / sha256

    def read(self, sha256: str) -> Iterator[bytes]:
        """The bytes of a kept file, once they were found to be those received; a piece at a time, from a file that is open
        only while somebody takes them. Raises `StoredFileFault`."""
        fault = self.fault_of(sha256)
        if fault is not None:
            raise StoredFileFault(fault)
        return _pieces(self.place_of(sha256))

    def fault_of(self, sha256: str) -> str | None:
        """What is wrong with a kept file: "missing", "altered", "unreadable"; None where it is whole."""
        try:
            with self.place_of(sha256).open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except FileNotFoundError:
            return "missing"
        except OSError:
            return "unreadable"
        return None if found == sha256 else "altered"

    def kept(self) -> Iterator[str]:
        """The hash under which each kept file stands."""
        for place in sorted(self.folder.glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*")):
            if _HASH.fullmatch(place.name) and place.is_file():
                yield place.name

    def left_over(self) -> list[Path]:
        """Temporary files: of what is being received now, or was cut off by a fault of the machine."""
        incoming = self.folder / INCOMING
        return sorted(incoming.iterdir()) if incoming.is_dir() else []


def _pieces(place: Path) -> Iterator[bytes]:
    with place.open("rb") as file:
        while piece := file.read(AT_ONCE):
            yield piece


def _sync_folder(folder: Path) -> None:
    """Let a rename outlive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
