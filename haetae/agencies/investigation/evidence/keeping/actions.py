"""Everything that writes about where evidence lies: custodians' keys, damage, holds, and destruction by two."""

import hashlib
from datetime import datetime
from typing import Any
from uuid import UUID

import rfc8785
from django.conf import settings
from django.db import transaction

from haetae.accounts.actions import official_actor
from haetae.agencies.investigation.evidence import queries, rules
from haetae.agencies.investigation.evidence.capture.actions import CannotKeepError
from haetae.agencies.investigation.evidence.keeping import boxes, store
from haetae.agencies.investigation.evidence.models import (
    CustodianKey,
    CustodyLink,
    Destruction,
    Evidence,
    EvidenceHold,
)
from haetae.agencies.investigation.evidence.states import MOVES, STORED, Act, State
from haetae.audit.actions import record
from haetae.audit.actor import SYSTEM
from haetae.common import clock
from haetae.common.case_keys import seal_text
from haetae.common.ids import derived_id, new_id
from haetae.common.states import check_move
from haetae.law.packs import load_pack


@transaction.atomic
def register_key(*, recipient: str, official_id: UUID) -> None:
    """A custodian's public half, in place of an older one, which opens what it opened. Raises CannotKeepError."""
    text = recipient.strip()
    known = CustodianKey.objects.filter(recipient=text).first()
    if known is not None and known.official_id == official_id and known.ended_at is None:
        return
    _refuse(rules.why_not_register(recipient=text, is_known=known is not None))
    _refuse(None if boxes.is_recipient(text) else "evidence_key_unreadable")
    now = clock.now()
    CustodianKey.objects.filter(official=official_id, ended_at__isnull=True).update(ended_at=now)
    key = CustodianKey.objects.create(official_id=official_id, recipient=text, registered_at=now)
    record(event="evidence.key_registered", subject=key, actor=official_actor(official_id))


@transaction.atomic
def found_damaged(*, evidence_id: UUID, code: str) -> None:
    """What lies in the store is not what was put there, or is gone. It is said once, and to people."""
    evidence = _locked(evidence_id)
    if evidence.damaged_at is None and State(evidence.state) in STORED:
        evidence.damaged_at = clock.now()
        evidence.save(update_fields=["damaged_at"])
        facts = {"code": code, "digest": evidence.content_digest}
        record(event="evidence.damaged", subject=evidence, actor=SYSTEM, facts=facts)


def check_one(evidence_id: UUID) -> bool:
    """Hash what lies there and hold it against the record; whether it is what it was."""
    evidence = queries.get_evidence(evidence_id)
    if State(evidence.state) not in STORED:
        return True
    try:
        store.check(evidence.content_digest)
    except store.DamagedError as damaged:
        # Given to another at this very moment, it lies under another name.
        evidence.refresh_from_db(fields=["content_digest", "state"])
        if State(evidence.state) not in STORED or _is_whole(evidence.content_digest):
            return True
        found_damaged(evidence_id=evidence_id, code=damaged.code)
        return False
    Evidence.objects.filter(pk=evidence_id).update(checked_at=clock.now())
    return True


@transaction.atomic
def set_hold(*, evidence_id: UUID, reason: str, until: datetime, form_key: UUID, official_id: UUID) -> None:
    """Until then it may not be destroyed. The same form sent twice is one hold. Raises CannotKeepError."""
    evidence, hold_id, now = (
        _locked(evidence_id),
        derived_id("evidence-hold", official_id, form_key),
        clock.now(),
    )
    if EvidenceHold.objects.filter(pk=hold_id).exists():
        return
    pack = load_pack(settings.JURISDICTION)
    latest = pack.due_at(start=now, duration=pack.hold.longest)
    _refuse(
        rules.why_not_hold(state=State(evidence.state), until=until, now=now, latest=latest, reason=reason)
    )
    EvidenceHold.objects.create(
        pk=hold_id,
        evidence=evidence,
        reason=seal_text(reason.strip(), key=queries.file_key(evidence), about=hold_id),
        set_by_id=official_id,
        set_at=now,
        until=until,
    )
    facts = {"hold": str(hold_id), "until": until.date().isoformat()}
    record(event="evidence.hold_set", subject=evidence, actor=official_actor(official_id), facts=facts)


@transaction.atomic
def end_hold(*, hold_id: UUID, evidence_id: UUID, official_id: UUID) -> None:
    """It is needed no more; twice is once. Raises EvidenceHold.DoesNotExist."""
    hold = EvidenceHold.objects.select_for_update().get(pk=hold_id, evidence=evidence_id)
    if hold.ended_at is None:
        hold.ended_at = clock.now()
        hold.save(update_fields=["ended_at"])
        facts = {"hold": str(hold_id)}
        record(
            event="evidence.hold_ended", subject=hold.evidence, actor=official_actor(official_id), facts=facts
        )


@transaction.atomic
def ask_destruction(*, evidence_id: UUID, official_id: UUID) -> None:
    """Its time is over: the holder asks for its destruction, and another custodian has to confirm it.

    Raises CannotKeepError.
    """
    evidence = _locked(evidence_id)
    if Destruction.objects.filter(evidence=evidence).exists():
        return
    term, until = queries.term_of(evidence)
    _refuse(_why_not_destroy(evidence, holder_id=official_id))
    assert until is not None
    Destruction.objects.create(
        pk=new_id(),
        evidence=evidence,
        asked_by_id=official_id,
        asked_at=clock.now(),
        article=f"{term.source.key} {term.article}",
        kept_until=until,
    )
    _link(evidence, Act.DESTRUCTION_ASKED, by=official_id)
    record(event="evidence.destruction_asked", subject=evidence, actor=official_actor(official_id))


@transaction.atomic
def confirm_destruction(*, evidence_id: UUID, official_id: UUID) -> None:
    """Another custodian confirms it: it is gone, and what stays is the record of it. Raises CannotKeepError."""
    evidence = _locked(evidence_id)
    asked = Destruction.objects.select_for_update().filter(evidence=evidence).first()
    _refuse(None if asked else "evidence_not_asked")
    assert asked is not None
    if asked.confirmed_at is not None:
        return
    _refuse(rules.why_not_confirm(asked_by_self=asked.asked_by_id == official_id))
    _refuse(_why_not_destroy(evidence, holder_id=asked.asked_by_id))
    asked.confirmed_by_id, asked.confirmed_at = official_id, clock.now()
    asked.proof_digest = hashlib.sha256(proof_of(asked)).hexdigest()
    asked.save()
    check_move(MOVES, State(evidence.state), State.DESTROYED)
    evidence.state, evidence.changed_at = State.DESTROYED, clock.now()
    evidence.save(update_fields=["state", "changed_at"])
    _link(evidence, Act.DESTROYED, by=official_id, digest=asked.proof_digest)
    digest = evidence.content_digest
    facts = {"digest": digest, "proof": asked.proof_digest}
    record(event="evidence.destroyed", subject=evidence, actor=official_actor(official_id), facts=facts)
    transaction.on_commit(lambda: store.destroy(digest))


def proof_of(asked: Destruction) -> bytes:
    """The record of a destruction: what it was by its digests, and never what was in it. Canonical JSON."""
    evidence = asked.evidence
    told: dict[str, Any] = {
        "format": "haetae-destruction/1",
        "evidence": str(evidence.pk),
        "content_sha256": evidence.content_digest,
        "content_bytes": evidence.content_bytes,
        "manifest_sha256": evidence.manifest_digest,
        "captured_at": evidence.captured_at and evidence.captured_at.isoformat(),
        "kept_until": asked.kept_until.isoformat(),
        "term": asked.article,
        "asked_by": str(asked.asked_by_id),
        "asked_at": asked.asked_at.isoformat(),
        "confirmed_by": str(asked.confirmed_by_id),
        "confirmed_at": asked.confirmed_at and asked.confirmed_at.isoformat(),
    }
    return rfc8785.dumps(told)


def _why_not_destroy(evidence: Evidence, *, holder_id: UUID) -> str | None:
    now = clock.now()
    _, until = queries.term_of(evidence)
    return rules.why_not_destroy(
        state=State(evidence.state),
        is_holder=evidence.holder_id == holder_id,
        is_held_back=bool(queries.standing_holds(evidence, at=now)),
        kept_until=until,
        now=now,
    )


def _is_whole(digest: str) -> bool:
    try:
        store.check(digest)
    except store.DamagedError:
        return False
    return True


def _link(evidence: Evidence, act: Act, *, by: UUID, digest: str = "") -> None:
    CustodyLink.objects.create(
        pk=new_id(), evidence=evidence, act=act, by_id=by, reason=b"", digest=digest, at=clock.now()
    )


def _locked(evidence_id: UUID) -> Evidence:
    return Evidence.objects.select_for_update().get(pk=evidence_id)


def _refuse(code: str | None) -> None:
    if code is not None:
        raise CannotKeepError(code)
