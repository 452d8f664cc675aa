"""Whether what is on record about files agrees with what is kept of them."""

from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy import select

from asb_cases.adapters.storage import Storage
from asb_cases.extensions import db
from asb_cases.models.casework import Attachment
from asb_cases.queries.files import hashes_on_record
from asb_cases.queries.frozen_documents import frozen_hashes_on_record, frozen_with_hash

AT_ONCE = 200
TELL_EVERY = 1000


@dataclass(frozen=True)
class StorageFault:
    """A file on record that is not as it was received: its hash, what is wrong, and the ids of the records of it: files of
    cases, and documents as they left."""

    sha256: str
    problem: str
    file_ids: list[int]
    document_ids: list[int] = field(default_factory=list)


@dataclass
class StorageCheck:
    """How many files were read, what is wrong with which, and what is kept besides."""

    checked: int = 0
    faults: list[StorageFault] = field(default_factory=list)
    not_on_record: int = 0
    left_over: int = 0


def check_storage(storage: Storage, told: Callable[[int], None]) -> StorageCheck:
    """Read every file on record. `told` is called now and then with how many were read."""
    found, known = StorageCheck(), set[str]()
    for read in (hashes_on_record, frozen_hashes_on_record):
        last = ""
        while hashes := read(last, AT_ONCE):
            for sha256 in hashes:
                if sha256 not in known:
                    _check(storage, sha256, found, told)
            known.update(hashes)
            last = hashes[-1]
    found.not_on_record = sum(1 for sha256 in storage.kept() if sha256 not in known)
    found.left_over = len(storage.left_over())
    return found


def _check(storage: Storage, sha256: str, found: StorageCheck, told: Callable[[int], None]) -> None:
    problem = storage.fault_of(sha256)
    if problem is not None:
        found.faults.append(StorageFault(sha256, problem, _files_with(sha256), frozen_with_hash(sha256)))
    found.checked += 1
    if found.checked % TELL_EVERY == 0:
        told(found.checked)


def _files_with(sha256: str) -> list[int]:
    return list(db.session.scalars(select(Attachment.id).where(Attachment.sha256 == sha256).order_by(Attachment.id)))
