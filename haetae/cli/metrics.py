"""`haetae metrics`: numbers of the whole installation for Prometheus."""

from typing import Annotated

import typer


def metrics(
    *,
    host: Annotated[
        str, typer.Option(help="Where it answers; other than loopback only with a token.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Its port.")] = 9464,
    once: Annotated[bool, typer.Option("--once", help="Print the numbers once and stop.")] = False,
) -> None:
    """Answer at /metrics with queues, ages, states and durations; one process is enough for all machines."""
    from haetae.running import installation

    told = installation.environment()
    with installation.opened(may_be_new=False, must_answer=False) as here:
        installation.django_ready(here)
        from haetae.common import clock
        from haetae.running import pulse
        from haetae.running.kinds import Kind
        from haetae.running.metrics.numbers import page
        from haetae.running.metrics.serving import read_token, serve_numbers

        if once:
            typer.echo(page(now=clock.now()), nl=False)
            return
        token = read_token(told.HAETAE_METRICS_TOKEN_FILE)
        with pulse.of(Kind.METRICS, home=here.home):
            serve_numbers(host=host, port=port, token=token)
