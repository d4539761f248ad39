"""All-Age-Faces: adults only, the listed photographs alone, each identity either for learning or for checking.

Source: Cheng, Li, Wang, Wang, Gao, "Exploiting effective facial patches for robust gender recognition", Tsinghua
Science and Technology 24(3), 2019. Research terms: whoever trains on it marks the weights as research-only. The file
of landmarks names the photographs that may be opened; every tenth identity is missing from it and stays out.
"""

import hashlib
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

COMMIT: Final = "28741a7"
FOLDER: Final = "All-Age-Faces Dataset/original images"
YOUNGEST: Final = 20
_FIRST_MALE: Final = 7381  # serials below it are women, as the data set says
_CHECKED_OF_TEN: Final = 1


@dataclass(frozen=True, kw_only=True)
class Face:
    """`points` are 468 landmarks (x, y) and `eyes` two of five marks, all in pixels of the photograph."""

    name: str
    jpeg: bytes
    box: NDArray[np.float32]  # x, y, width, height
    points: NDArray[np.float32]  # (468, 2)
    marks: NDArray[np.float32]  # (5, 2): eyes, nose, corners of the mouth

    @property
    def serial(self) -> int:
        return int(self.name.split("A")[0])

    @property
    def age(self) -> int:
        return int(self.name.split("A")[1].removesuffix(".jpg"))

    @property
    def sex(self) -> str:
        return "female" if self.serial < _FIRST_MALE else "male"

    def pixels(self) -> NDArray[np.uint8]:
        """(height, width, 3), red first."""
        read: Any = cv2.imdecode(np.frombuffer(self.jpeg, np.uint8), cv2.IMREAD_COLOR)
        return np.ascontiguousarray(read[:, :, ::-1])


def is_left_out(name: str) -> bool:
    """Whether an identity is kept for checking: one of ten, by a digest of its serial, so that no run moves it."""
    return hashlib.sha256(name.split("A", maxsplit=1)[0].encode()).digest()[0] % 10 < _CHECKED_OF_TEN


def read(*, landmarks: Path, photographs: Path) -> tuple[list[Face], list[Face]]:
    """Those to learn from and those to check with.

    `photographs` is a git directory that holds the commit, or a folder of the listed files. Raises ValueError for a
    list that names anybody under twenty, FileNotFoundError for a photograph that is missing.
    """
    with np.load(landmarks, allow_pickle=False) as listed:
        names = [str(name) for name in listed["names"]]
        boxes, points = listed["boxes"].astype(np.float32), listed["lm"].astype(np.float32)
    learning: list[Face] = []
    checking: list[Face] = []
    files = _from_git(photographs, names) if (photographs / "objects").is_dir() else _from(photographs, names)
    for name, jpeg, box, found in zip(names, files, boxes, points, strict=True):
        face = Face(name=name, jpeg=jpeg, box=box[:4], points=found, marks=box[4:14].reshape(5, 2))
        if face.age < YOUNGEST:
            raise ValueError(f"{name}: nobody under {YOUNGEST} is used.")
        (checking if is_left_out(name) else learning).append(face)
    return learning, checking


def _from(folder: Path, names: list[str]) -> Iterator[bytes]:
    return ((folder / name).read_bytes() for name in names)


def _from_git(git_dir: Path, names: list[str]) -> Iterator[bytes]:
    """Only the named files are read out of the commit; nothing is checked out."""
    asked = "".join(f"{COMMIT}:{FOLDER}/{name}\n" for name in names).encode()
    command = ["git", f"--git-dir={git_dir}", "cat-file", "--batch", "--buffer"]
    out = subprocess.run(command, input=asked, stdout=subprocess.PIPE, check=True).stdout  # noqa: S603
    at = 0
    for name in names:
        end = out.index(b"\n", at)
        said = out[at:end].split()
        if said[-1] == b"missing":
            raise FileNotFoundError(f"{name} is not in commit {COMMIT} of {git_dir}.")
        size = int(said[2])
        yield out[end + 1 : end + 1 + size]
        at = end + 2 + size
