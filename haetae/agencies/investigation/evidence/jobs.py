"""Visiting what is to be kept, asking for its stamp, and looking every night whether it is still what it was."""

from uuid import UUID

from django.conf import settings
from procrastinate.contrib.django import app

from haetae.accounts.queries import operator_at
from haetae.agencies.investigation.evidence import queries
from haetae.agencies.investigation.evidence.capture import actions, visiting
from haetae.agencies.investigation.evidence.capture.actions import TOOL, Kept
from haetae.agencies.investigation.evidence.capture.packing import TEXT, WARC, package_of, packed
from haetae.agencies.investigation.evidence.capture.recording import warc_of
from haetae.agencies.investigation.evidence.capture.text import text_of
from haetae.agencies.investigation.evidence.keeping import actions as keeping
from haetae.agencies.investigation.evidence.keeping import boxes, store
from haetae.agencies.investigation.evidence.models import Evidence
from haetae.agencies.investigation.evidence.states import State
from haetae.common import clock, jobs
from haetae.common.jobs import AFTER_A_FAULT
from haetae.connectors.base import ConnectorError
from haetae.connectors.stamping import stamped
from haetae.connectors.web_page.connector import WebPageConnector


@app.task(name="haetae.evidence.capture", queue="flow", priority=8, retry=AFTER_A_FAULT)
def capture(evidence_id: str) -> None:
    """Keep a page as it is now. What cannot be kept is said at once: a deletion may wait for it."""
    evidence = queries.get_evidence(UUID(evidence_id))
    if State(evidence.state) is not State.REQUESTED:
        return
    address = queries.address_of(evidence, key=queries.file_key(evidence))
    keys = queries.keys_now()
    if not keys:
        actions.not_captured(evidence_id=evidence.pk, code="evidence_no_custodian")
        return
    try:
        visit = visiting.visit(address, origins=WebPageConnector(operator=operator_at(address)).origins)
    except visiting.NotCapturedError as failure:
        actions.not_captured(evidence_id=evidence.pk, code=failure.code)
        return
    kept = _kept(evidence, visit, address=address, recipients={one.pk: one.recipient for one in keys})
    if not actions.captured(evidence_id=evidence.pk, kept=kept):
        store.destroy(kept.content_digest)


@app.task(name="haetae.evidence.stamp", queue="flow", priority=8, retry=AFTER_A_FAULT)
def stamp(evidence_id: str) -> None:
    """Ask the authority for a stamp of the manifest's digest; a stamp of anything else is none."""
    evidence = queries.get_evidence(UUID(evidence_id))
    if State(evidence.state) is not State.CAPTURED or settings.STAMP_AUTHORITY is None:
        return  # without an authority it stays unsealed, and its page says so
    try:
        answer = stamped(bytes.fromhex(evidence.manifest_digest), authority=settings.STAMP_AUTHORITY)
    except ConnectorError as failure:
        actions.not_stamped(evidence_id=evidence.pk, code=failure.code)
        return
    actions.sealed(
        evidence_id=evidence.pk,
        token=answer.token,
        stamped_at=answer.stamp.at,
        authority=answer.stamp.authority,
    )


@app.periodic(cron="41 18 * * *")
@app.task(name="haetae.evidence.look_after", queue="flow", queueing_lock="look_after_evidence")
def look_after(timestamp: int) -> None:
    """Every night: hash all that is kept, ask for the stamps that are missing, finish what was destroyed."""
    del timestamp
    for evidence_id in queries.stored():
        keeping.check_one(evidence_id)
    for evidence_id in queries.unstamped():
        jobs.defer("haetae.evidence.stamp", evidence_id=str(evidence_id))
    for digest in queries.destroyed():
        store.destroy(digest)


def _kept(evidence: Evidence, visit: visiting.Visit, *, address: str, recipients: dict[UUID, str]) -> Kept:
    about = actions.about_of(evidence, address=address, at=clock.now())
    software = f"{TOOL} {about.tool_version}"
    text = text_of(visit.page.body, content_type=visit.page.headers.get("content-type", ""))
    files = {
        WARC: warc_of(visit.exchanges, visit.pictures, software=software, collector=about.collector),
        TEXT: text.encode(),
    }
    package = package_of(files, about=about, seen=visit.seen())
    locked = boxes.lock(packed(package), recipients=recipients.values())
    return Kept(
        content_digest=store.keep(locked),
        content_bytes=len(locked),
        manifest_digest=package.manifest_digest,
        pictures=len(visit.pictures),
        keys=tuple(recipients),
        captured_at=about.captured_at,
    )
