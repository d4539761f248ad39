"""A decoder or a page reader that a file has taken over: what it sees, what it may ask, and how it may lie.

The children are the real programs behind their real walls. `python -m tests.detect.breaking_out`: all in all three.
"""

import json
import os
import platform
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from haetae.detect import Confinement, Limits, OpenerPool
from haetae.detect.opening import opener as opener_module
from haetae.detect.opening.syscalls import Profile
from haetae.detect.opening.wire import read_answer
from haetae.pages import Readers
from tests.detect.attacks import refused_and_not_killed
from tests.detect.breaking_out import PAGE, PICTURES, attempts, expected, ground, opened, read

pytestmark = [
    pytest.mark.skipif(
        (platform.system(), platform.machine()) != ("Linux", "x86_64"),
        reason="NOT RUN: the attacks are written in the calls of Linux on x86-64.",
    ),
    pytest.mark.xdist_group("takeovers"),
]
# One of each kind of way out; the others are tried behind the same walls in processes of their own.
PYTHON = sys.executable  # before anything stands in for it
IN_REAL_CHILDREN = ["open, a planted key", "int 0x80, open"]
BEHIND_NO_FILTER = [
    "open, passwords",
    "open, a planted key",
    "open, the newer way",
    "create",
    "look at a file",
    "what /proc says of it",
    "memory of itself through /proc",
    "delete",
    "rename",
    "another program",
    "another root",
    "a module",
    "the kernel's messages",
]


@pytest.fixture
def folder() -> Iterator[Path]:
    with ground() as place:
        yield place


def test_a_child_that_was_taken_over_is_ended_and_the_next_file_is_opened(folder: Path) -> None:
    became = {(kind, name): fate for kind, name, fate in attempts(folder, IN_REAL_CHILDREN)}
    assert len(became) == 3 * len(IN_REAL_CHILDREN)
    assert became == {(kind, name): expected(kind, name) for kind, name in became}


@pytest.mark.parametrize("profile", Profile)
def test_every_attack_ends_the_process_that_tries_it(tmp_path: Path, profile: Profile) -> None:
    became = tried(profile, tmp_path)
    assert len(became) > 100
    refused = refused_and_not_killed(profile)
    killed = str(-signal.SIGSYS)
    assert became == {name: "refused" if name in refused else killed for name in became}
    assert (tmp_path / "canary").read_text() == "a planted key"


def tried(profile: str, folder: Path, *names: str) -> dict[str, str]:
    (folder / "canary").write_text("a planted key")
    with subprocess.Popen(["/bin/sleep", "60"]) as victim:
        (folder / "process").write_text(str(victim.pid))
        command = [PYTHON, "-s", "-m", "tests.detect.attacks", profile, str(folder), *names]
        ran = subprocess.run(command, capture_output=True, check=True, timeout=60, text=True)
        alive = victim.poll() is None
        victim.kill()
    assert alive
    told: dict[str, str] = json.loads(ran.stdout)
    return told


def test_without_a_filter_no_file_no_network_and_no_power_is_left(folder: Path) -> None:
    """Where a machine knows no filter, rooms of its own are the wall."""
    with patch.object(opener_module, "FILTERED", "unfiltered"), OpenerPool() as pool:
        if pool.check() is Confinement.LIMITS_ONLY and pool.walls is not None and not pool.walls.apart:
            pytest.skip("NOT RUN: this machine gives a process no rooms of its own.")
        became = {name: opened(pool, Profile.STRICT, attack=name) for name in BEHIND_NO_FILTER}
        reached = opened(pool, Profile.STRICT, do="reach", port=listening_on())
    assert became == {name: {"refused": became[name]["refused"]} for name in became}  # type: ignore[index]
    assert reached == {"internet": "unreachable", "this machine": "unreachable"}
    assert (folder / "canary").exists()
    assert not (folder / "new").exists()


def listening_on() -> int:
    """A port on which this test listens to the end of the process."""
    import socket

    global _listener  # noqa: PLW0603 - it must outlive the question
    _listener = socket.create_server(("127.0.0.1", 0))
    port: int = _listener.getsockname()[1]
    return port


@pytest.mark.parametrize("profile", Profile)
def test_a_child_holds_nothing_but_its_pipes_and_is_told_nothing(
    folder: Path, profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HAETAE_SECRET_OF_A_TEST", "0123456789")
    held_open = os.open(folder / "canary", os.O_RDONLY)
    os.set_inheritable(held_open, True)
    with OpenerPool() as pool:
        told = opened(pool, profile, do="tell")
    os.close(held_open)
    assert isinstance(told, dict)
    kinds = [re.sub(r"\d+", "N", place) for place in told["descriptors"].values()]
    assert sorted(kinds) == ["/dev/null", "/dev/null", "/memfd:frames (deleted)", "pipe:[N]", "pipe:[N]"]
    assert len(told["writable"]) == 4  # its answers, the shared memory, and what leads nowhere
    assert set(told["environment"]) <= {
        "OPENBLAS_NUM_THREADS",
        "OMP_NUM_THREADS",
        "MALLOC_ARENA_MAX",
        "LC_CTYPE",
        "PWD",
        "OLDPWD",
    }


def header(**fields: object) -> bytes:
    honest = {"format": "png", "frames": 1, "examined": 1, "shown": [[2, 2, None]], "shared": False}
    return json.dumps(honest | fields).encode()


LIES = {
    "no JSON": b"\xff\xfe not JSON",
    "bytes that are no text": b"\x80" * 40,
    "a list": b"[1]",
    "deep": b"[" * 4000,
    "not a number": header(frames=float("nan")),
    "without end": header(frames=float("inf")),
    "a number of 4,000 digits": header().replace(b'"frames": 1', b'"frames": ' + b"9" * 3900),
    "a negative size": header(shown=[[-2, -2, None]]),
    "a size that is a word": header(shown=[["2", "2", None]]),
    "a size of truth": header(shown=[[True, True, None]]),
    "more pixels than may be": header(shown=[[10**9, 10**9, None]]),
    "more frames than were asked for": header(shown=[[1, 1, 0]] * 17, frames=17, examined=17),
    "a reason that is none": b'{"why": "<script>"}',
    "an unknown format": header(format="../../etc/passwd"),
    "a moment before the film": header(shown=[[2, 2, -1]]),
    "another greeting": b'{"ready": true, "seccomp": true, "apart": true}',
}


@pytest.mark.parametrize("name", LIES)
def test_a_lie_is_told_from_an_answer(name: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_answer(LIES[name], limits=Limits())


def test_a_lie_costs_one_child(folder: Path) -> None:
    with OpenerPool(limits=Limits(wall_s=3)) as pool:
        for name in ("deep", "bytes that are no text"):
            assert opened(pool, Profile.STRICT, do="say", header=LIES[name].hex()) == "crashed", name
        assert opened(pool, Profile.STRICT, do="announce", length=2**64 - 1) == "crashed"
        assert pool.open(PICTURES[Profile.STRICT]).luma.shape == (60, 80)


def test_a_page_reader_that_lies_is_never_believed(folder: Path) -> None:
    readers = Readers(count=1)
    for lie in (b"[" * 100_000, b"{}", b'{"pictures": [1], "links": [], "invitations": [], "phrases": []}'):
        assert read(readers, do="answer", header=lie.hex()) == "costly_page"
    assert readers.read(b"<img src=/a.png>", asked=PAGE).pictures
    readers.close()


def test_shared_memory_that_is_filled_with_nonsense_spoils_no_other_picture(folder: Path) -> None:
    with OpenerPool() as pool:
        assert opened(pool, Profile.STRICT, do="scribble") == {"wrote": "all of it"}
        assert pool.open(PICTURES[Profile.STRICT]).luma.shape == (60, 80)


def test_a_child_that_lifts_its_own_limit_of_time_is_ended_by_the_clock(folder: Path) -> None:
    with OpenerPool(limits=Limits(wall_s=1, cpu_s=1)) as pool:
        began = time.monotonic()
        assert opened(pool, Profile.STRICT, do="burn") == "too_slow"
        assert time.monotonic() - began < 10
        assert opened(pool, Profile.STRICT, do="die") == "crashed"
        assert pool.open(PICTURES[Profile.STRICT]).luma.shape == (60, 80)


def test_the_table_calls_a_way_out_by_its_name(folder: Path) -> None:
    """The attacks are real: without walls they come through, so a table without any says something."""
    names = (
        "open, passwords",
        "open, a planted key",
        "create",
        "socket, internet",
        "fork",
        "int 0x80, fork",
        "delete",
    )
    assert tried("none", folder, *names) == dict.fromkeys(names, "came through")
