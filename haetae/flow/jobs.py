"""No work is given up: what a killed worker left behind, and what failed too often, goes back into the queue."""

from datetime import timedelta

from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status
from procrastinate.manager import JobManager

from haetae.accounts.actions import forget_sessions, forget_sign_ins
from haetae.common import clock
from haetae.law.packs import load_pack

# A worker says every two seconds that it lives (haetae.running.worker); five missed words mean that it does not.
SILENT_FOR_S = 10.0
_SUSPICIOUS_AFTER = 5


@app.periodic(cron="* * * * * */5")
@app.task(
    name="haetae.flow.give_back_stalled", queue="flow", pass_context=True, queueing_lock="give_back_stalled"
)
async def give_back_stalled(context: JobContext, timestamp: int) -> None:
    """Jobs of workers that fell silent wait in the queue again. Each job is safe to repeat."""
    del timestamp  # given by the queue; a late round does what a punctual one does
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=SILENT_FOR_S):
        # One that has brought down worker after worker waits ten minutes, so that it cannot stop the rest.
        pause = timedelta(minutes=10 if job.attempts >= _SUSPICIOUS_AFTER else 0)
        try:
            await manager.retry_job(job, retry_at=clock.now() + pause)
        except UniqueViolation:
            # Another of its name waits already (a watch): this one is over, and must not keep the others from coming.
            # Only this: a database that is away must never end a job.
            await manager.finish_job(job, status=Status.ABORTED, delete_job=True)


@app.periodic(cron="*/10 * * * *")
@app.task(name="haetae.flow.take_up_failed", queue="flow", pass_context=True, queueing_lock="take_up_failed")
async def take_up_failed(context: JobContext, timestamp: int) -> None:
    """A job that used up its tries is tried once more every ten minutes; the control room shows how many there are."""
    del timestamp
    await take_up_failed_jobs(context.app.job_manager)


async def take_up_failed_jobs(manager: JobManager) -> None:
    """Every failed job of ours waits again; the periodic ones have a next round anyway."""
    for job in await manager.list_jobs_async(status="failed"):
        if job.task_name.startswith("haetae.") and job.id is not None and job.task_name not in _PERIODIC:
            await manager.retry_job_by_id_async(job_id=job.id, retry_at=clock.now())


@app.periodic(cron="7 * * * *")
@app.task(name="haetae.flow.forget_traces", queue="flow", queueing_lock="forget_traces")
def forget_traces(timestamp: int) -> None:
    """What sign-ins and sessions leave behind goes as soon as its time is over. Events of the record stay."""
    del timestamp
    terms, now = load_pack().traces, clock.now()
    forget_sign_ins(over_by=now - terms.sign_ins.as_timedelta())
    forget_sessions(over_by=now - terms.sessions.as_timedelta())


@app.periodic(cron="17 * * * *")
@app.task(name="haetae.flow.forget_jobs", queue="flow", pass_context=True, queueing_lock="forget_jobs")
async def forget_jobs(context: JobContext, timestamp: int) -> None:
    """Work that was given up for good goes after a while; what ended well is gone, and what failed is tried again."""
    del timestamp
    await forget_ended_jobs(context.app.job_manager)


async def forget_ended_jobs(manager: JobManager) -> None:
    """A job holds ids alone; still, none stays longer than the house says."""
    hours = int(load_pack().traces.jobs.as_timedelta() / timedelta(hours=1))
    await manager.delete_old_jobs(nb_hours=hours, include_aborted=True, include_cancelled=True)


_PERIODIC = {
    "haetae.evidence.look_after",
    "haetae.flow.forget_traces",
    "haetae.flow.forget_jobs",
    "haetae.flow.give_back_stalled",
    "haetae.flow.take_up_failed",
    "haetae.hashbank.pull_due",
    "haetae.hashbank.tell_of_ends",
}
