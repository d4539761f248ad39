"""Folders that appear whole or not at all, also when the power fails while they are written."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4


def write_whole(folder: Path, fill: Callable[[Path], None]) -> None:
    """Fill a draft beside a folder that is not there yet, and give it its name when all of it is on the disk.

    Raises OSError where it cannot be written or the folder is there already; the draft is taken away.
    """
    draft = folder.with_name(f".{folder.name}.{uuid4().hex[:8]}")
    draft.mkdir(parents=True)
    try:
        fill(draft)
        for path in draft.iterdir():
            synced(path)
        synced(draft)
        draft.rename(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    synced(folder.parent)


def synced(path: Path) -> None:
    """Put a file or a folder on the disk: without this a name may outlive the power and its bytes may not."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
