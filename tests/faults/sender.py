"""`python -m tests.faults.sender --ahead SECONDS`: a sender whose clock is set wrong, to race another.

Each line of its input is a delivery. It takes it up at once, as a worker takes up a job, and says with a line what came
of it: `done`, or `later` where another speaks of it.
"""

import argparse
import sys
from datetime import UTC, datetime, timedelta


def main() -> None:
    parser = argparse.ArgumentParser(prog="tests.faults.sender", description=__doc__)
    parser.add_argument("--ahead", type=float, required=True)
    ahead = timedelta(seconds=parser.parse_args().ahead)
    import django

    django.setup()
    from haetae.common import clock
    from haetae.flow.delivery.handing_over import SomebodySpeaksError
    from haetae.flow.removal.jobs import send

    clock.now = lambda: datetime.now(UTC) + ahead
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for line in sys.stdin:
        try:
            send.func(line.strip())
            word = "done"
        except SomebodySpeaksError:
            word = "later"
        sys.stdout.write(f"{word}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
