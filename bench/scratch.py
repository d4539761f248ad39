"""A whole haetae of our own: a new folder, a new database server, real processes, the sandbox platform."""

import os
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

from haetae.running import installation
from haetae.running.installation import Installation

if TYPE_CHECKING:
    from haetae.running.whole import Whole


@contextmanager
def database_in_scratch(*, kept: Path | None = None) -> Iterator[Installation]:
    """A new folder and a new database server, Django set up for it; once a process.

    The folder `kept` stays behind with all that is in the database, and whoever names it again finds it there.

    A DATABASE_URL of the surroundings is not used: figures of a server that others use too say little.
    """
    signal.signal(signal.SIGTERM, _end_as_with_ctrl_c)
    with nullcontext(str(kept)) if kept else tempfile.TemporaryDirectory(prefix="haetae-bench-") as folder:
        for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
            os.environ.pop(name, None)
        os.environ["HAETAE_HOME"] = folder
        os.environ.setdefault("HAETAE_SECOND_STEP", "not_yet")
        os.environ.setdefault("HAETAE_STORM_REPORTS", "1000000")  # all of it is about one host
        with installation.opened() as here:
            installation.migrate(here)
            installation.django_ready(here)
            from django.db import connection  # noqa: PLC0415 - Django is ready only now

            try:
                yield here
            finally:
                connection.close()


@contextmanager
def whole_in_scratch(*, kept: Path | None = None) -> Iterator[tuple["Whole", Installation]]:
    """The same with every process running and the sandbox registered."""
    with database_in_scratch(kept=kept) as here:
        # Only now, because these need Django to be ready.
        from haetae.running.demonstration import register_sandbox  # noqa: PLC0415
        from haetae.running.whole import everything  # noqa: PLC0415

        with everything(here, web_port=0, platform_port=0) as whole:
            register_sandbox(origin=whole.platform_origin)
            yield whole, here


def _end_as_with_ctrl_c(_signal: int, _frame: FrameType | None) -> NoReturn:
    """So that nothing is left behind: neither the database server nor its folder."""
    raise KeyboardInterrupt


def process_ids(whole: "Whole", here: Installation) -> dict[str, int]:
    """Of every process of the whole, the database server included."""
    ids = {name: whole.supervisor.process_id(name) for name in whole.supervisor.restarts()}
    return ids | {"postgres": postmaster(here)}


def postmaster(here: Installation) -> int:
    """The process id of the database server."""
    return int((here.home / "postgres" / "postmaster.pid").read_text().split("\n", 1)[0])
