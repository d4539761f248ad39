"""Every attack, for real, in a real child of each kind: `python -m tests.detect.breaking_out` prints what became.

The child is the real program behind its real walls; only its decoder does what the file says (taken_over.py). Ends
with 1 where an attack came through, or a child outlived one that should have killed it; raises where the parent did
not go on.
"""

import json
import os
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

from haetae.detect import Limits, OpenerPool, Undecodable
from haetae.detect import pool as pool_module
from haetae.detect.opening.opener import Opener
from haetae.detect.opening.syscalls import Profile, this_machine
from haetae.pages import Asked, Readers, Reading, UnreadableError
from haetae.pages import readers as readers_module
from tests.detect import media_files as made
from tests.detect.attacks import Ground, attacks, refused_and_not_killed
from tests.detect.patterns import waves
from tests.detect.taken_over import made as poisoned

ROOT: Final = Path(__file__).parent.parent.parent
PICTURES: Final = {
    Profile.STRICT: made.encoded(waves(height=60, width=80, seed=1)),
    Profile.THREADS: made.encoded(waves(height=60, width=80, seed=1), "AVIF"),
}
PAGE: Final = Asked(
    url="https://board.example/", reading=Reading.PAGE, links=True, hosts=frozenset({"board.example"})
)
KILLED, REFUSED, THROUGH = "killed", "refused", "CAME THROUGH"
_ends: list[int | None] = []


class WatchedOpener(Opener):
    """Remembers what ended it."""

    def discard(self) -> None:
        super().discard()
        _ends.append(self._process.returncode)


class WatchedReader(readers_module._Reader):
    def end(self) -> None:
        super().end()
        _ends.append(self._process.returncode)


@contextmanager
def ground() -> Iterator[Path]:
    """A folder with something worth stealing, and a program that stands in for the children's interpreter."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "canary").write_text("a planted key")
        stand_in = folder / "python"
        stand_in.write_text(
            f"#!/bin/sh\nshift 2\ncd {ROOT}\n"
            f'exec {sys.executable} -s -m tests.detect.taken_over {folder} {os.getpid()} "$@"\n'
        )
        stand_in.chmod(0o700)
        with (
            patch.object(sys, "executable", str(stand_in)),
            patch.object(pool_module, "Opener", WatchedOpener),
            patch.object(readers_module, "_Reader", WatchedReader),
        ):
            yield folder


def opened(pool: OpenerPool, profile: Profile, **what: object) -> dict[str, Any] | str:
    """What the taken-over decoder came back with, or why there is no picture."""
    try:
        image = pool.open(poisoned(PICTURES[profile], **what))
    except Undecodable as refused:
        return str(refused.why)
    told: dict[str, Any] = json.loads(image.luma.tobytes())
    return told


def read(readers: Readers, **what: object) -> dict[str, Any] | str:
    try:
        readers.read(poisoned(b"<p>", **what), asked=PAGE)
    except UnreadableError as refused:
        return json.loads(refused.why) if refused.why.startswith("{") else refused.why
    return {"came back with": "a page"}


def fate(told: dict[str, Any] | str) -> str:
    if isinstance(told, dict):
        return REFUSED if "refused" in told else THROUGH
    return KILLED if _ends and _ends[-1] == -signal.SIGSYS else f"{THROUGH} ({told}, ended by {_ends[-1:]})"


def attempts(folder: Path, names: list[str] | None = None) -> Iterator[tuple[str, str, str]]:
    """(kind of child, attack, what became of it); after each the next honest file is opened, or this raises."""
    every = names or [name for name, _ in attacks(Ground.of(folder, process=os.getpid()))]
    with OpenerPool(limits=Limits(wall_s=10)) as pool:
        for profile in Profile:
            for name in every:
                _ends.clear()
                yield f"opener, {profile}", name, fate(opened(pool, profile, attack=name))
                assert pool.open(PICTURES[profile]).luma.shape == (60, 80)
    readers = Readers(count=1)
    for name in every:
        _ends.clear()
        yield "page reader", name, fate(read(readers, attack=name))
        assert readers.read(b"<img src=/a.png>", asked=PAGE).pictures
    readers.close()


def expected(kind: str, name: str) -> str:
    threads = kind == f"opener, {Profile.THREADS}"
    return REFUSED if threads and name in refused_and_not_killed(Profile.THREADS) else KILLED


def main() -> int:
    if this_machine() is None:
        print("NOT RUN: no filter of system calls is known here.")
        return 1
    wrong, began = [], time.monotonic()
    counts: dict[str, Counter[str]] = {}
    with ground() as folder:
        for kind, name, became in attempts(folder):
            counts.setdefault(kind, Counter())[became] += 1
            if became != expected(kind, name):
                wrong.append(f"{kind}: {name}: {became}")
        untouched = (folder / "canary").read_text() == "a planted key" and not (folder / "new").exists()
    for kind, count in counts.items():
        print(f"{kind:18} {sum(count.values())} attacks: {dict(count)}")
    print(f"planted key untouched: {untouched}; {time.monotonic() - began:.0f} s")
    print("\n".join(wrong))
    return 1 if wrong or not untouched else 0


if __name__ == "__main__":
    sys.exit(main())
