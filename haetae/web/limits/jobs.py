"""What is spent no more is forgotten: nothing of a source outlives its limit by more than ten minutes."""

from procrastinate.contrib.django import app

from haetae.web.limits.actions import forget_full


@app.periodic(cron="*/10 * * * *")
@app.task(name="haetae.limits.forget", queue="flow", queueing_lock="limits_forget")
def forget(timestamp: int) -> None:
    """A late round forgets what a punctual one does."""
    del timestamp
    forget_full()
