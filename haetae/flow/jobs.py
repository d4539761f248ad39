"""Work that a killed worker left behind is given back."""

from procrastinate import JobContext
from procrastinate.contrib.django import app

# A worker says every two seconds that it lives (haetae.running.worker); five missed words mean that it does not.
SILENT_FOR_S = 10.0


@app.periodic(cron="* * * * * */5")
@app.task(
    name="haetae.flow.give_back_stalled", queue="flow", pass_context=True, queueing_lock="give_back_stalled"
)
async def give_back_stalled(context: JobContext, timestamp: int) -> None:
    """Jobs of workers that fell silent wait in the queue again. Each job is safe to repeat."""
    del timestamp  # given by the queue; a late round does what a punctual one does
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=SILENT_FOR_S):
        await manager.retry_job(job)
