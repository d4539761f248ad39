"""Disks that are full when a scenario says so: small file systems in memory, which only root can mount."""

import errno
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_PIECE: Final = bytes(1 << 16)


class NoSmallDiskError(Exception):
    """Whoever plays here may not mount anything: the scenario proves nothing."""


@dataclass(frozen=True)
class SmallDisk:
    folder: Path

    @property
    def _filler(self) -> Path:
        return self.folder / "filler"

    def fill(self) -> None:
        """Until not one byte more fits."""
        with self._filler.open("ab", buffering=0) as file:
            for piece in (_PIECE, b"x"):
                try:
                    while file.write(piece) == len(piece):
                        pass
                except OSError as full:
                    if full.errno != errno.ENOSPC:
                        raise

    def make_room(self) -> None:
        self._filler.unlink(missing_ok=True)


@contextmanager
def small_disk(folder: Path, *, mib: int) -> Iterator[SmallDisk]:
    """Raises NoSmallDiskError."""
    folder.mkdir(parents=True)
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={mib}m,mode=0755", "tmpfs", str(folder)],
        capture_output=True,
        check=False,
    )
    if made.returncode or os.statvfs(folder).f_blocks * os.statvfs(folder).f_frsize > mib << 20:
        raise NoSmallDiskError(made.stderr.decode(errors="replace").strip())
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False)
