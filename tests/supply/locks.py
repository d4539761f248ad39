"""The lock files as data. Pure but for reading them, and what is installed, for the licences."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).parents[2]
PRODUCT = ROOT / "requirements.lock"
# The product's, and those of environments that only tests use.
LOCKS = (
    PRODUCT,
    ROOT / "tests" / "peers" / "requirements.txt",
    ROOT / "tests" / "synapse" / "requirements.txt",
)

_PINNED = re.compile(
    r"(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)(\[[^\]]+\])?==(?P<version>[^\s;]+)( ; (?P<marker>.+))?"
)
_HASH = re.compile(r"--hash=sha256:(?P<digest>[0-9a-f]{64})")


class NotALockError(ValueError):
    """A line that no lock of ours has; the text names file and line."""


@dataclass(frozen=True, kw_only=True)
class Pinned:
    """One package. `hashes` are those of every file that may be installed as it."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]

    @property
    def purl(self) -> str:
        return f"pkg:pypi/{re.sub(r'[-_.]+', '-', self.name).lower()}@{self.version}"


def read_lock(path: Path) -> list[Pinned]:
    """Every package of a lock. Raises NotALockError for anything but names, versions, markers, hashes and comments."""
    found: list[Pinned] = []
    for number, words in _statements(path):
        begin, *options = re.split(r"\s+(?=--)", words)
        pinned = _PINNED.fullmatch(begin.strip())
        hashes = [_HASH.fullmatch(option.strip()) for option in options]
        if pinned is None or not hashes or None in hashes:
            raise NotALockError(f"{path.name}, line {number}: {words[:80]!r} is no package with its hashes.")
        found.append(
            Pinned(
                name=pinned["name"],
                version=pinned["version"],
                marker=pinned["marker"] or "",
                hashes=tuple(one["digest"] for one in hashes if one),
            )
        )
    return found


def _statements(path: Path) -> Iterator[tuple[int, str]]:
    begun, words = 0, ""
    for number, line in enumerate(path.read_text().splitlines(), start=1):
        plain = line.split(" #")[0].rstrip() if not line.lstrip().startswith("#") else ""
        if not plain:
            continue
        begun = begun if words else number
        words += plain.removesuffix("\\").strip() + " "
        if not plain.endswith("\\"):
            yield begun, words.strip()
            words = ""


# What some wheels do not say in words of SPDX, as their licence files say it. Read there, and here once.
_READ_IN_ITS_FILES = {
    "automat": "MIT",
    "axe-playwright-python": "MIT",
    "bagit": "CC0-1.0",
    "fido2": "BSD-2-Clause",
    "kubernetes-validate": "Apache-2.0",
    "pyrage": "MIT",
    "pytest-django": "BSD-3-Clause",
    # Not installed here: another Python's, or another system's.
    "brotlicffi": "MIT",
    "colorama": "BSD-3-Clause",
    "pypydispatcher": "BSD-3-Clause",
}
_IN_OTHER_WORDS = {
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache 2.0": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD": "BSD-3-Clause",
    "BSD 2-Clause License": "BSD-2-Clause",
    "BSD License": "BSD-3-Clause",
    "ISC License": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "PSFL": "PSF-2.0",
}


def licence_of(name: str) -> str:
    """In words of SPDX as far as it is known; "NOASSERTION" where nobody has read it."""
    if name in _READ_IN_ITS_FILES:
        return _READ_IN_ITS_FILES[name]
    try:
        told = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return "NOASSERTION"
    classified = [
        one.split("::")[-1].strip() for one in told.get_all("Classifier") or [] if one.startswith("License")
    ]
    said = (
        told.get("License-Expression")
        or (told.get("License") or "").split("\n")[0]
        or "".join(classified[:1])
    )
    return _IN_OTHER_WORDS.get(said, said or "NOASSERTION")
