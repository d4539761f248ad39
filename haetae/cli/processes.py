"""`haetae web | worker | sealer | timekeeper | matcher | looker | watcher`: the processes, one command each."""

from typing import Annotated

import typer


def web(
    *,
    host: Annotated[str, typer.Option(help="Address at which the pages answer.")] = "127.0.0.1",
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Its port.")] = None,
    processes: Annotated[int, typer.Option(min=1, help="Processes that answer, eight threads each.")] = 1,
) -> None:
    """Serve the pages. Told to stop, it says so at /readyz, and goes on answering for HAETAE_DRAIN_S seconds."""
    from haetae.running import installation

    told = installation.environment()
    with installation.opened(must_answer=False) as here:
        installation.django_ready(here)
        from haetae.running.serving import serve_pages

        serve_pages(
            home=here.home,
            host=host,
            port=told.HAETAE_WEB_PORT if port is None else port,
            processes=processes,
            drain_s=told.HAETAE_DRAIN_S,
        )


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
        from haetae.running import pulse
        from haetae.running.kinds import Kind
        from haetae.running.worker import work

        with pulse.of(Kind.WORKER, home=here.home):
            work(at_once=at_once)


def sealer() -> None:
    """Append committed events to the log and sign its heads. One is enough; a second one waits."""
    from haetae.running import installation

    with installation.opened() as here:
        installation.django_ready(here)
        from haetae.running import pulse
        from haetae.running.kinds import Kind
        from haetae.running.loops import seal_until_stopped

        with pulse.of(Kind.SEALER, home=here.home):
            seal_until_stopped()


def timekeeper() -> None:
    """Pass due dates and wake the watchers. Any number may run."""
    from haetae.running import installation

    with installation.opened() as here:
        installation.django_ready(here)
        from haetae.running import pulse
        from haetae.running.kinds import Kind
        from haetae.running.loops import keep_time_until_stopped

        with pulse.of(Kind.TIMEKEEPER, home=here.home):
            keep_time_until_stopped()


def matcher() -> None:
    """Prepare the bank of known pictures for all processes of this machine. One is enough."""
    from haetae.running import installation

    with installation.opened() as here:
        installation.django_ready(here)
        from haetae.running import pulse
        from haetae.running.kinds import Kind
        from haetae.running.loops import make_bases_until_stopped

        with pulse.of(Kind.MATCHER, home=here.home):
            make_bases_until_stopped()


def looker() -> None:
    """Fetch a picture for an official who may see it, once, grey and blurred. One on each machine with pages."""
    from haetae.running import installation

    with installation.opened() as here:
        installation.django_ready(here)
        from haetae.running import pulse
        from haetae.running.kinds import Kind
        from haetae.running.looker import look_until_stopped

        with pulse.of(Kind.LOOKER, home=here.home):
            look_until_stopped(here.home)


def watcher() -> None:
    """Visit the public pages of the watch lists that are on. Any number may run; each host is visited by one."""
    from haetae.running import installation

    with installation.opened() as here:
        installation.django_ready(here)
        from haetae.running import pulse
        from haetae.running.kinds import Kind
        from haetae.running.watching import watch_until_stopped

        with pulse.of(Kind.WATCHER, home=here.home):
            watch_until_stopped()
