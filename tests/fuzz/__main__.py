"""`python -m tests.fuzz --seconds N [--target T]`: N seconds for each target. Ends with 1 where something was found.

With atheris (`make fuzz` puts it into an environment of its own) it sees which lines its inputs reach; without, it
bends seeds blindly and says so.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from tests.fuzz.targets import TARGETS


@dataclass(frozen=True, kw_only=True)
class Result:
    """`edges` is None for a fuzzer without eyes. `found` is the input, `what` happened over it."""

    runs: int
    edges: int | None
    found: bytes | None
    what: str


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=float, default=10.0, help="for each target")
    parser.add_argument("--target", choices=sorted(TARGETS), action="append")
    parser.add_argument("--seed", type=int, default=1)
    told = parser.parse_args()
    eyes = find_spec("atheris") is not None
    print(
        f"{'with eyes (atheris)' if eyes else 'BLIND: atheris is not installed'}, {told.seconds:.0f} s each"
    )
    findings = 0
    for name in told.target or TARGETS:
        result = tried(name, seconds=told.seconds, seed=told.seed, eyes=eyes)
        seen = "" if result.edges is None else f"{result.edges:6} edges"
        print(f"{name:22} {result.runs:9} tried {seen}  {result.what or 'nothing found'}", flush=True)
        if result.found is not None:
            findings += 1
            print(f"    {result.found[:200]!r}")
    return 1 if findings else 0


def tried(name: str, *, seconds: float, seed: int, eyes: bool) -> Result:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "tests.fuzz.one", name, str(seconds), str(seed), folder]
        ran = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
        return _seen(ran, Path(folder)) if eyes else _blind(ran)


def _blind(ran: "subprocess.CompletedProcess[str]") -> Result:
    try:
        told = json.loads(ran.stdout.splitlines()[-1])
    except (ValueError, IndexError):
        return Result(
            runs=0, edges=None, found=b"", what=f"It ended with {ran.returncode}: {ran.stderr[-400:]}"
        )
    found = told["found"]
    return Result(
        runs=told["runs"],
        edges=None,
        found=None if found is None else bytes.fromhex(found),
        what=told["what"],
    )


def _seen(ran: "subprocess.CompletedProcess[str]", folder: Path) -> Result:
    """libFuzzer writes what it fell over beside, and tells the rest in words."""
    kept = sorted(path for path in folder.iterdir() if path.is_file())
    runs = re.findall(r"stat::number_of_executed_units:\s+(\d+)|^#(\d+)", ran.stderr, re.MULTILINE)
    edges = re.findall(r"cov: (\d+)", ran.stderr)
    words = re.findall(r"=== Uncaught Python exception: ===\n(.+)", ran.stderr) + re.findall(
        r"(timeout after \d+ seconds|out-of-memory)", ran.stderr
    )
    failed = bool(kept) or ran.returncode != 0
    return Result(
        runs=max((int(one or other) for one, other in runs), default=0),
        edges=int(edges[-1]) if edges else 0,
        found=kept[0].read_bytes() if kept else (b"" if failed else None),
        what=(words or [ran.stderr[-300:]])[0] if failed else "",
    )


if __name__ == "__main__":
    sys.exit(main())
