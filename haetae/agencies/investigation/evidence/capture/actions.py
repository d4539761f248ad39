"""Everything that writes about keeping a page: asked for, kept, stamped, or why not."""

from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from uuid import UUID

from django.conf import settings
from django.db import transaction

from haetae.accounts.actions import official_actor
from haetae.agencies.investigation.evidence import queries, rules
from haetae.agencies.investigation.evidence.capture.packing import MATERIAL, About, package_of, packed
from haetae.agencies.investigation.evidence.keeping import boxes, store
from haetae.agencies.investigation.evidence.models import CustodianKey, Evidence
from haetae.agencies.investigation.evidence.states import MOVES, Origin, State
from haetae.agencies.investigation.files.locking import locked_file
from haetae.audit.actions import Fact, record
from haetae.audit.actor import SYSTEM
from haetae.common import clock
from haetae.common.case_keys import seal_text
from haetae.common.ids import derived_id
from haetae.common.sealed import search_digests_of
from haetae.common.states import check_move, may_move
from haetae.flow.arrival.locators import forms_of
from haetae.flow.deadlines import actions as deadlines
from haetae.flow.deadlines.states import Basis, Kind
from haetae.law.packs import load_pack

TOOL = "haetae"


class CannotKeepError(ValueError):
    """A code of what stands against it."""


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What lies in the store now, and what of it can be said. `keys` are those for which it is locked."""

    content_digest: str
    content_bytes: int
    manifest_digest: str
    pictures: int
    keys: tuple[UUID, ...]
    captured_at: datetime


@transaction.atomic
def ask(*, investigation_id: UUID, address: str, form_key: UUID, official_id: UUID) -> Evidence:
    """An officer wants a public page kept. The same form sent twice is one.

    A deletion at the place waits for it, once and for a short while. Raises NotYoursError, CannotKeepError.
    """
    opened = locked_file(investigation_id, official_id)
    evidence_id, now = derived_id("evidence", official_id, form_key), clock.now()
    found = Evidence.objects.filter(pk=evidence_id).first()
    if found is not None:
        return found
    plain = address.strip()
    _refuse(rules.why_not_ask(address=plain, custodians=len(queries.keys_now())))
    digests = list(search_digests_of(forms_of(plain)))
    waits = None if queries.was_waited_for(digests) else queries.waits_for(opened.investigation)
    evidence = Evidence.objects.create(
        pk=evidence_id,
        investigation=opened.investigation,
        origin=Origin.PUBLIC_PAGE,
        address=seal_text(plain, key=opened.key, about=evidence_id),
        place_digests=digests,
        asked_by_id=official_id,
        asked_at=now,
        changed_at=now,
        held_until=rules.waits_until(asked_at=now, waits=waits) if waits else None,
    )
    record(event="evidence.asked", subject=evidence, actor=official_actor(official_id))
    return evidence


@transaction.atomic
def keep_material(
    *, investigation_id: UUID, origin: Origin, text: str, form_key: UUID, official_id: UUID
) -> Evidence:
    """Written material of an operation, or a statement, is locked away at once. The same form sent twice is one.

    Text alone: no picture comes in this way. Raises NotYoursError, CannotKeepError.
    """
    opened = locked_file(investigation_id, official_id)
    evidence_id, now = derived_id("evidence", official_id, form_key), clock.now()
    found = Evidence.objects.filter(pk=evidence_id).first()
    if found is not None:
        return found
    keys = queries.keys_now()
    _refuse("evidence_material" if origin is Origin.PUBLIC_PAGE else None)
    _refuse(rules.why_not_keep(text=text, custodians=len(keys)))
    evidence = Evidence.objects.create(
        pk=evidence_id,
        investigation=opened.investigation,
        origin=origin,
        address=b"",
        asked_by_id=official_id,
        asked_at=now,
        changed_at=now,
    )
    record(event="evidence.asked", subject=evidence, actor=official_actor(official_id))
    about = about_of(evidence, address="", at=now)
    package = package_of({MATERIAL: text.strip().encode() + b"\n"}, about=about)
    locked = boxes.lock(packed(package), recipients=[one.recipient for one in keys])
    kept = Kept(
        content_digest=store.keep(locked),
        content_bytes=len(locked),
        manifest_digest=package.manifest_digest,
        pictures=0,
        keys=tuple(one.pk for one in keys),
        captured_at=now,
    )
    captured(evidence_id=evidence_id, kept=kept)
    evidence.refresh_from_db()
    return evidence


@transaction.atomic
def captured(*, evidence_id: UUID, kept: Kept) -> bool:
    """It lies in the store. False where somebody was faster: what was put there now belongs to nobody."""
    evidence = _locked(evidence_id)
    if State(evidence.state) is not State.REQUESTED:
        return False
    evidence.content_digest, evidence.content_bytes = kept.content_digest, kept.content_bytes
    evidence.manifest_digest, evidence.pictures = kept.manifest_digest, kept.pictures
    evidence.captured_at = evidence.checked_at = kept.captured_at
    _move(evidence, State.CAPTURED)
    evidence.recipients.set(CustodianKey.objects.filter(pk__in=kept.keys))
    facts: dict[str, Fact] = {
        "digest": kept.content_digest,
        "manifest": kept.manifest_digest,
        "bytes": kept.content_bytes,
    }
    record(event="evidence.captured", subject=evidence, actor=SYSTEM, facts=facts)
    return True


@transaction.atomic
def not_captured(*, evidence_id: UUID, code: str) -> None:
    """There is nothing to keep, and nothing waits for it any longer."""
    evidence = _locked(evidence_id)
    if State(evidence.state) is State.REQUESTED:
        evidence.why_not = code
        _move(evidence, State.NOT_CAPTURED)
        record(event="evidence.not_captured", subject=evidence, actor=SYSTEM, facts={"code": code})


@transaction.atomic
def sealed(*, evidence_id: UUID, token: bytes, stamped_at: datetime, authority: str) -> None:
    """An authority has stamped the manifest; the caller has checked that it is a stamp of this one."""
    evidence = _locked(evidence_id)
    if not may_move(MOVES, State(evidence.state), State.SEALED):
        return
    evidence.stamp, evidence.stamped_at, evidence.stamp_authority = token, stamped_at, authority[:200]
    _move(evidence, State.SEALED)
    deadlines.meet(subject_id=evidence.pk, kinds=[Kind.SEAL_AGAIN])
    record(event="evidence.sealed", subject=evidence, actor=SYSTEM)


@transaction.atomic
def not_stamped(*, evidence_id: UUID, code: str) -> None:
    """The authority did not stamp it: it is asked again after a pause, for as long as it takes."""
    evidence = _locked(evidence_id)
    if State(evidence.state) is not State.CAPTURED:
        return
    pause = load_pack(settings.JURISDICTION).evidence.stamp_again.as_timedelta()
    deadlines.set_deadline(
        kind=Kind.SEAL_AGAIN,
        subject_id=evidence.pk,
        basis=Basis.POLICY,
        source="evidence.stamp_again",
        due_at=clock.now() + pause,
    )
    record(event="evidence.not_stamped", subject=evidence, actor=SYSTEM, facts={"code": code})


@transaction.atomic
def overtaken(*, evidence_id: UUID) -> None:
    """The time was over before it was sealed: the deletion goes out, and that it did stays visible."""
    evidence = _locked(evidence_id)
    if evidence.overtaken_at is None:
        evidence.overtaken_at = clock.now()
        evidence.save(update_fields=["overtaken_at"])
        record(event="evidence.overtaken", subject=evidence, actor=SYSTEM)


def about_of(evidence: Evidence, *, address: str, at: datetime) -> About:
    """What the manifest says besides the files."""
    return About(
        evidence_id=evidence.pk,
        origin=evidence.origin,
        address=address,
        asked_at=evidence.asked_at,
        captured_at=at,
        collector=str(evidence.asked_by_id),
        tool=TOOL,
        tool_version=version(TOOL),
    )


def _locked(evidence_id: UUID) -> Evidence:
    return Evidence.objects.select_for_update().get(pk=evidence_id)


def _move(evidence: Evidence, after: State) -> None:
    check_move(MOVES, State(evidence.state), after)
    evidence.state = after
    evidence.changed_at = clock.now()
    evidence.save()


def _refuse(code: str | None) -> None:
    if code is not None:
        raise CannotKeepError(code)
