"""A decoder that a file has taken over gets nowhere. Each attempt succeeds without the walls, and fails behind them."""

import json
import logging
import os
import platform
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from haetae.detect import Confinement, OpenerPool, Undecodable, Why
from haetae.detect.opening import opener as opener_module
from haetae.detect.opening import seccomp
from haetae.detect.opening.syscalls import MACHINES, Profile, this_machine
from tests.detect import media_files as made
from tests.detect.patterns import waves

SMALL = made.encoded(waves(height=60, width=80, seed=1))
ATTEMPTS = [
    "socket",
    "connect",
    "read a file",
    "write a file",
    "list a folder",
    "delete a file",
    "another program",
    "fork",
    "clone a process",
    "kill",
    "debug another process",
    "code made on the spot",
    "more memory",
    "the limits of another process",
    "other settings of a process",
]
only_where_filters_are = pytest.mark.skipif(
    this_machine() is None, reason=f"NOT RUN: no filter of system calls is known for {platform.machine()}."
)


@pytest.fixture
def outside(tmp_path: Path) -> Iterator[Path]:
    """A folder with a secret, a listener, and a process to attack."""
    (tmp_path / "canary").write_text("a secret")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        victim = subprocess.Popen(["/bin/sleep", "60"])
        (tmp_path / "port").write_text(str(listener.getsockname()[1]))
        (tmp_path / "process").write_text(str(victim.pid))
        yield tmp_path
        victim.kill()
        victim.wait()


def tried(profile: str, outside: Path) -> dict[str, str]:
    script = Path(__file__).with_name("escapes.py")
    command = [sys.executable, "-I", str(script), profile, str(outside)]
    ran = subprocess.run(command, capture_output=True, check=True, timeout=60, text=True)
    return json.loads(ran.stdout)


@only_where_filters_are
@pytest.mark.parametrize("profile", Profile)
def test_every_attempt_to_break_out_ends_the_opener(outside, profile):
    assert tried(profile, outside) == dict.fromkeys(ATTEMPTS, str(-signal.SIGSYS))
    assert (outside / "canary").exists()
    assert not (outside / "new").exists()


def test_every_attempt_would_have_worked_without_walls(outside):
    assert tried("none", outside) == dict.fromkeys(ATTEMPTS, "escaped")


@only_where_filters_are
def test_every_opener_is_behind_a_filter_and_gains_no_privilege():
    with OpenerPool() as pool:
        assert pool.confinement is None
        pool.open(SMALL)
        pool.open(made.encoded(waves(height=60, width=80, seed=1), "AVIF"))
        kinds = [Path(f"/proc/{number}/status").read_text() for number in pool.process_ids()]
        assert pool.confinement is Confinement.SECCOMP
    assert len(kinds) == 2
    for status in kinds:
        assert "\nSeccomp:\t2\n" in status
        assert "\nNoNewPrivs:\t1\n" in status


def test_the_second_kind_of_opener_starts_only_when_it_is_needed():
    with OpenerPool() as pool:
        pool.check()
        pool.open(SMALL)
        assert len(pool.process_ids()) == 1
        pool.open(made.encoded(waves(height=60, width=80, seed=1), "AVIF"))
        assert len(pool.process_ids()) == 2


def test_where_there_is_no_filter_openers_still_work_and_say_so_once(monkeypatch, caplog):
    monkeypatch.setattr(opener_module, "FILTERED", "unfiltered")
    with caplog.at_level(logging.WARNING), OpenerPool() as pool:
        assert pool.check() is Confinement.LIMITS_ONLY
        assert pool.open(SMALL).luma.shape == (60, 80)
        pool.open(made.encoded(waves(height=60, width=80, seed=1), "AVIF"))
        assert pool.confinement is Confinement.LIMITS_ONLY
    assert [record.getMessage() for record in caplog.records] == [Confinement.LIMITS_ONLY.words]


def test_an_opener_that_its_own_filter_kills_is_replaced_by_one_without_loudly(monkeypatch, tmp_path, caplog):
    """As on a system whose libraries need a call that ours do not."""
    stand_in = tmp_path / "python"
    stand_in.write_text(
        f'#!/bin/sh\ncase "$*" in *\\ filtered) kill -SYS $$;; esac\nexec {sys.executable} "$@"\n'
    )
    stand_in.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(stand_in))
    with caplog.at_level(logging.WARNING), OpenerPool() as pool:
        assert pool.open(SMALL).luma.shape == (60, 80)
        assert pool.confinement is Confinement.LIMITS_ONLY
    assert len(caplog.records) == 1


def test_an_opener_that_dies_otherwise_is_not_replaced_by_a_weaker_one(monkeypatch, tmp_path):
    stand_in = tmp_path / "python"
    stand_in.write_text("#!/bin/sh\nkill -SEGV $$\n")
    stand_in.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(stand_in))
    with OpenerPool() as pool:
        with pytest.raises(Undecodable) as refused:
            pool.check()
        assert refused.value.why is Why.NO_OPENER
        assert pool.confinement is None


def test_the_numbers_are_those_of_the_kernels_own_headers():
    headers = {
        "x86_64": Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
        "aarch64": Path("/usr/include/asm-generic/unistd.h"),
    }
    if not all(header.is_file() for header in headers.values()):
        pytest.skip("NOT RUN: the headers of the kernel are not installed.")
    for name, header in headers.items():
        told = dict(
            line.split()[1:3]
            for line in header.read_text().splitlines()
            if line.startswith(("#define __NR_", "#define __NR3264_")) and len(line.split()) >= 3
        )
        for call, number in MACHINES[name].numbers.items():
            assert str(number) in {told.get(f"__NR_{call}"), told.get(f"__NR3264_{call}")}, (name, call)


@pytest.mark.parametrize("machine", MACHINES.values(), ids=MACHINES)
@pytest.mark.parametrize("profile", Profile)
def test_a_filter_reads_to_its_end_and_ends_in_refusal(profile, machine):
    steps = seccomp.program(profile, machine=machine)
    assert {len(step) for step in steps} == {8}
    assert steps[-1] == seccomp._step(seccomp._RETURN, seccomp._KILL)
    for place, step in enumerate(steps):
        assert place + max(step[2], step[3]) < len(steps)


def test_a_machine_without_known_numbers_installs_nothing(monkeypatch):
    monkeypatch.setattr(platform, "machine", lambda: "riscv64")
    assert seccomp.install(Profile.STRICT) is False
    assert "NoNewPrivs:\t0" in Path(f"/proc/{os.getpid()}/status").read_text()
