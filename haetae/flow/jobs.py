"""What keeps the house in order by itself: no work is given up, traces go, the log is stamped."""

from datetime import timedelta

import structlog
from django.conf import settings
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status
from procrastinate.manager import JobManager

from haetae.accounts.actions import forget_sign_ins
from haetae.accounts.sessions.actions import forget_sessions
from haetae.audit import queries as events
from haetae.audit.actions import head_stamped
from haetae.audit.exporting import newest_signed_head
from haetae.audit.heads import StampedHead
from haetae.common import clock
from haetae.common.jobs import by_the_clock
from haetae.common.poison import is_set_aside
from haetae.connectors.base import ConnectorError
from haetae.connectors.stamping import stamped
from haetae.law.packs import load_pack

# A worker says every two seconds that it lives (haetae.running.worker); five missed words mean that it does not.
SILENT_FOR_S = 10.0
_SUSPICIOUS_AFTER = 5

log = structlog.get_logger(__name__)


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
    """Every failed job of ours waits again; the periodic ones have a next round anyway, and poison has a person."""
    rounds = by_the_clock()
    for job in await manager.list_jobs_async(status="failed"):
        if is_set_aside(attempts=job.attempts):
            continue
        if job.task_name.startswith("haetae.") and job.id is not None and job.task_name not in rounds:
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


@app.periodic(cron="*/20 * * * *")
@app.task(name="haetae.flow.stamp_head", queue="watch", lock="stamp_head", queueing_lock="stamp_head")
def stamp_head(timestamp: int) -> None:
    """The newest head of the log is stamped once a day; what fails is tried at the next round, and shown."""
    del timestamp
    authority = settings.STAMP_AUTHORITY
    if authority is None or not events.is_head_to_be_stamped(now=clock.now()):
        return
    head = newest_signed_head()
    try:
        given = stamped(head.stamped_digest(), authority=authority)
    except ConnectorError as failure:
        log.warning("head_not_stamped", code=failure.code)
        return
    head_stamped(StampedHead(size=head.size, token=given.token), read=given.stamp)
