"""Files under the hash of their bytes: whole or not at all, kept once, never changed."""

import hashlib
import io
import stat
from pathlib import Path

import pytest

from asb_cases.adapters.storage import Received, Storage, StorageAway, StoredFileFault, TooLarge

CONTENT = b"what the camera saw" * 1000
HASH = hashlib.sha256(CONTENT).hexdigest()


class CutOff(io.BytesIO):
    """A sender who goes away half way."""

    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell():
            raise ConnectionError("gone")
        return super().read(size)


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    return Storage(tmp_path / "not" / "there" / "yet")


def everything_in(storage: Storage) -> list[str]:
    return sorted(str(path.relative_to(storage.folder)) for path in storage.folder.rglob("*") if path.is_file())


def test_a_file_gets_its_place_by_its_hash_and_is_read_only(storage: Storage) -> None:
    received = storage.receive(io.BytesIO(CONTENT), len(CONTENT))
    assert (received.sha256, received.size) == (HASH, len(CONTENT))
    assert everything_in(storage) == [f"incoming/{received.path.name}"]
    storage.keep(received)
    assert everything_in(storage) == [f"{HASH[:2]}/{HASH[2:4]}/{HASH}"]
    assert stat.S_IMODE(storage.place_of(HASH).stat().st_mode) == 0o440
    assert b"".join(storage.read(HASH)) == CONTENT
    storage.discard(received)
    assert storage.fault_of(HASH) is None


def test_the_same_bytes_are_kept_once_and_keeping_twice_does_no_harm(storage: Storage) -> None:
    first, second = (storage.receive(io.BytesIO(CONTENT), len(CONTENT)) for _ in range(2))
    storage.keep(first)
    storage.keep(second)
    storage.keep(second)
    assert list(storage.kept()) == [HASH]
    assert storage.left_over() == []


@pytest.mark.parametrize("most", [len(CONTENT) - 1, 0, 1])
def test_nothing_is_left_of_what_is_too_large(storage: Storage, most: int) -> None:
    with pytest.raises(TooLarge):
        storage.receive(io.BytesIO(CONTENT), most)
    assert everything_in(storage) == []


def test_nothing_is_left_of_what_was_cut_off_or_discarded(storage: Storage) -> None:
    with pytest.raises(StorageAway):
        storage.receive(CutOff(CONTENT * 100), 10**9)
    storage.discard(storage.receive(io.BytesIO(CONTENT), len(CONTENT)))
    assert everything_in(storage) == []


def test_what_was_altered_or_lost_is_not_handed_out(storage: Storage) -> None:
    storage.keep(storage.receive(io.BytesIO(CONTENT), len(CONTENT)))
    place = storage.place_of(HASH)
    place.chmod(0o600)
    place.write_bytes(CONTENT[:-1] + b"!")
    with pytest.raises(StoredFileFault, match="altered"):
        storage.read(HASH)
    place.unlink()
    with pytest.raises(StoredFileFault, match="missing"):
        storage.read(HASH)
    place.mkdir()
    assert storage.fault_of(HASH) == "unreadable"


def test_a_file_that_comes_again_takes_the_place_of_an_altered_one(storage: Storage) -> None:
    storage.keep(storage.receive(io.BytesIO(CONTENT), len(CONTENT)))
    storage.place_of(HASH).chmod(0o600)
    storage.place_of(HASH).write_bytes(b"altered")
    storage.keep(storage.receive(io.BytesIO(CONTENT), len(CONTENT)))
    assert storage.fault_of(HASH) is None


@pytest.mark.parametrize(
    "name", ["", "..", "../../etc/passwd", HASH.upper(), HASH[:-1], f"{HASH}0", f"{HASH}\n", "con"]
)
def test_no_path_is_made_of_anything_but_a_hash(storage: Storage, name: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        storage.place_of(name)


def test_a_folder_that_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    storage = Storage(tmp_path / "file")
    with pytest.raises(StorageAway):
        storage.receive(io.BytesIO(CONTENT), len(CONTENT))
    with pytest.raises(StorageAway):
        storage.keep(Received(tmp_path / "gone", HASH, 1))
    assert list(storage.kept()) == []
    assert storage.left_over() == []
