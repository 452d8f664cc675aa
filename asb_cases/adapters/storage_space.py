"""Room left where files are kept."""

import os
import shutil
from pathlib import Path

#: Below this many bytes free the installation calls itself not ready: an upload in progress must never meet a full disk.
LEAST_FREE = 200 * 1024 * 1024


def storage_fault(folder: Path) -> str | None:
    """What is wrong with the folder that files are kept in, or None. The folder is made if missing."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(folder).free
    except OSError:
        return "The storage folder cannot be made or read"
    if not os.access(folder, os.W_OK):
        return "The storage folder cannot be written to"
    if free < LEAST_FREE:
        return "The storage folder's disk is nearly full"
    return None
