"""`haetae worker | sealer | timekeeper | matcher | looker | watcher`: an installation's processes, one command each."""

from typing import Annotated

import typer


def worker(
    at_once: Annotated[
        int,
        typer.Option("--at-once", min=1, help="How many jobs side by side, besides speaking with operators."),
    ] = 4,
) -> None:
    """Take jobs from the queue and do them."""
    from haetae.running import installation

    with installation.opened() as here:
        installation.django_ready(here)
        from haetae.running.worker import work

        work(at_once=at_once)


def sealer() -> None:
    """Append committed events to the log and sign its heads. One is enough; a second one waits."""
    from haetae.running import installation

    with installation.opened() as here:
        installation.django_ready(here)
        from haetae.running.loops import seal_until_stopped

        seal_until_stopped()


def timekeeper() -> None:
    """Pass due dates and wake the watchers. Any number may run."""
    from haetae.running import installation

    with installation.opened() as here:
        installation.django_ready(here)
        from haetae.running.loops import keep_time_until_stopped

        keep_time_until_stopped()


def matcher() -> None:
    """Prepare the bank of known pictures for all processes of this machine. One is enough."""
    from haetae.running import installation

    with installation.opened() as here:
        installation.django_ready(here)
        from haetae.running.loops import make_bases_until_stopped

        make_bases_until_stopped()


def looker() -> None:
    """Fetch a picture for an official who may see it, once, grey and blurred. One on each machine with pages."""
    from haetae.running import installation

    with installation.opened() as here:
        installation.django_ready(here)
        from haetae.running.looker import look_until_stopped

        look_until_stopped(here.home)


def watcher() -> None:
    """Visit the public pages of the watch lists that are on. Any number may run; each host is visited by one."""
    from haetae.running import installation

    with installation.opened() as here:
        installation.django_ready(here)
        from haetae.running.watching import watch_until_stopped

        watch_until_stopped()
