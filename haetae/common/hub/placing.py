"""How a model comes into a folder of models: whole or not at all, whenever the process is killed."""

import fcntl
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from haetae.common.hub.asking import HubError
from haetae.detect.classifying.card import CARD
from haetae.detect.matching.folders import synced

# Two levels below the folder of models, where no registry looks: what lies here counts for nothing.
_WAITING: Final = ".getting"


@contextmanager
def aside(models: Path) -> Iterator[Path]:
    """A new empty folder on the same disk, gone afterwards unless it was put into place. One caller at a time.

    What a killed one left behind is removed. Raises HubError where nothing can be written.
    """
    if not models.is_dir():
        raise HubError("folder", f"{models}: there is no such folder; make it, or correct HAETAE_MODELS.")
    if (models / CARD).is_file():
        raise HubError(
            "folder", f"{models}: it is one model; let HAETAE_MODELS begin with a folder of models."
        )
    try:
        waiting = models / _WAITING
        waiting.mkdir(mode=0o700, exist_ok=True)
        with (waiting / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise HubError(
                    "busy", f"{models}: another `haetae models get` is under way there."
                ) from error
            for left in waiting.iterdir():
                if left.is_dir():
                    shutil.rmtree(left)
            folder = Path(tempfile.mkdtemp(dir=waiting))
            try:
                yield folder
            finally:
                shutil.rmtree(folder, ignore_errors=True)
    except OSError as error:
        raise HubError("folder", f"{models}: it cannot be written to ({error.strerror}).") from error


def put(folder: Path, target: Path) -> None:
    """Everything on the disk first, then one rename. Raises HubError where something of that name is there by now."""
    for path in folder.iterdir():
        synced(path)
    synced(folder)
    folder.chmod(0o755)
    try:
        folder.rename(target)
    except OSError as error:
        raise HubError("there", f"{target}: something of that name is there already.") from error
    synced(target.parent)
