"""The draw, by itself: rounds end, heads are signed over their end, and what they draw is put before somebody else."""

from django.conf import settings
from procrastinate.contrib.django import app

from haetae.agencies.second_looks import actions, queries


@app.periodic(cron="*/10 * * * *")
@app.task(
    name="haetae.second_looks.draw",
    queue="watch",
    lock="second_looks",
    queueing_lock="second_looks",
    priority=-8,
)
def draw(timestamp: int) -> None:
    """Soon, because what is asked for is often gone within a day, and nobody can judge what is not there any more."""
    del timestamp
    actions.lapse()
    newest = queries.newest_draw()
    if newest is not None and newest.head is None:
        actions.draw(draw_id=newest.pk)
    actions.close(share_ppm=settings.SECOND_LOOKS_PPM)
