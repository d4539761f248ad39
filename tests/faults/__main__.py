"""`python -m tests.faults`: kill -9 of each process at random points under load, and what is left of every promise.

FAULT_POINTS kills for each victim (20); FAULT_SEED makes the pauses and choices those of an earlier run; FAULT_VICTIMS
names some of them, with commas. Plays in an installation of its own that is thrown away.
"""

import argparse
import os
import random
import sys
import tempfile
import time
from pathlib import Path

from tests import tables
from tests.faults.say import say


def main() -> int:
    argparse.ArgumentParser(
        prog="tests.faults", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    ).parse_args()
    points = int(os.environ.get("FAULT_POINTS", "20"))
    seed = int(os.environ.get("FAULT_SEED") or random.SystemRandom().randrange(1_000_000))
    only = {name for name in os.environ.get("FAULT_VICTIMS", "").split(",") if name}
    say(f"{points} kills for each victim, FAULT_SEED={seed}")
    with tempfile.TemporaryDirectory(prefix="haetae-faults-", ignore_cleanup_errors=True) as folder:
        os.environ.pop("DATABASE_URL", None)
        os.environ |= {
            "HAETAE_HOME": str(Path(folder) / "home"),
            "DJANGO_SETTINGS_MODULE": "haetae.settings.dev",
        }
        return 0 if _all_series(points=points, seed=seed, only=only) else 1


def _all_series(*, points: int, seed: int, only: set[str]) -> bool:
    from haetae.running import installation

    tables.lay(Path(os.environ["HAETAE_HOME"]) / "postgres")
    began_s = time.time()
    with installation.opened() as here:
        installation.migrate(here)
        installation.django_ready(here)
        from tests.faults.play import play

        results = play(here, points=points, seed=seed, only=only)
    from tests.faults.telling import table
    from tests.faults.victims import left_alone

    lonely = left_alone(since_s=began_s)
    say(
        f"\n{table(results)}\n\n{len(lonely)} processes were left alone; {time.time() - began_s:.0f} s in all"
    )
    for process in lonely:
        say(f"  {process}")
    return bool(results) and all(result.ok for result in results) and not lonely


if __name__ == "__main__":
    sys.exit(main())
