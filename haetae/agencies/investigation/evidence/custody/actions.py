"""Everything that writes the chain of custody: from hand to hand, opened for a purpose, handed out."""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from haetae.accounts.actions import official_actor
from haetae.agencies.investigation.evidence import queries, rules
from haetae.agencies.investigation.evidence.capture.actions import CannotKeepError
from haetae.agencies.investigation.evidence.capture.packing import NotAPackageError, Package, unpacked
from haetae.agencies.investigation.evidence.keeping import boxes, store
from haetae.agencies.investigation.evidence.keeping.actions import found_damaged
from haetae.agencies.investigation.evidence.models import CustodianKey, CustodyLink, Evidence
from haetae.agencies.investigation.evidence.states import MOVES, Act, State
from haetae.agencies.investigation.files.queries import has_worked_on
from haetae.audit.actions import Fact, record
from haetae.common import clock
from haetae.common.case_keys import seal_text
from haetae.common.ids import new_id
from haetae.common.states import check_move


@dataclass(frozen=True, kw_only=True)
class Use:
    """For what, why in words, and the custodian's own key (the secret half), which is used here and kept nowhere."""

    purpose: str
    reason: str
    identity: str


@transaction.atomic
def take(*, evidence_id: UUID, official_id: UUID) -> None:
    """The first custodian takes it. Raises CannotKeepError."""
    evidence = _locked(evidence_id)
    if State(evidence.state) is State.HELD and evidence.holder_id == official_id:
        return
    _refuse(rules.why_not_take(State(evidence.state)))
    _refuse(None if _has_key(evidence, official_id) else "evidence_not_for_you")
    _refuse(_why_not_keeper(evidence, official_id))
    evidence.holder_id = official_id
    _move(evidence, State.HELD)
    _link(evidence, Act.TAKEN, by=official_id)
    record(event="evidence.taken", subject=evidence, actor=official_actor(official_id))


def give(*, evidence_id: UUID, to_id: UUID, identity: str, official_id: UUID) -> None:
    """To another custodian, who has to say that it came. Where it is not locked for them yet, it is locked anew.

    `identity`: the giver's own key, needed only then. Raises CannotKeepError.
    """
    evidence = queries.get_evidence(evidence_id)
    receiver = queries.key_of_custodian(to_id)
    is_custodian = receiver is not None and to_id in {one.pk for one in queries.custodians()}
    _refuse(
        rules.why_not_give(
            State(evidence.state),
            is_holder=evidence.holder_id == official_id,
            to_oneself=to_id == official_id,
            is_custodian=is_custodian,
        )
    )
    assert receiver is not None
    _refuse(_why_not_keeper(evidence, to_id))
    new_digest, before = "", evidence.content_digest
    if not evidence.recipients.filter(pk=receiver.pk).exists():
        keys = [*evidence.recipients.all(), receiver]
        content = _unlocked(evidence, identity=identity)
        new_digest = store.keep(boxes.lock(content, recipients=[key.recipient for key in keys]))
    _given(evidence_id, to_id=to_id, official_id=official_id, receiver=receiver, new_digest=new_digest)
    if new_digest:
        store.destroy(before)


@transaction.atomic
def receive(*, evidence_id: UUID, official_id: UUID) -> None:
    """Whom it was given to says that it came. Raises CannotKeepError."""
    evidence = _locked(evidence_id)
    _refuse(rules.why_not_receive(State(evidence.state), is_receiver=evidence.given_to_id == official_id))
    giver = evidence.holder_id
    evidence.holder_id, evidence.given_to = official_id, None
    _move(evidence, State.HELD)
    _link(evidence, Act.RECEIVED, by=official_id, to=giver)
    record(event="evidence.received", subject=evidence, actor=official_actor(official_id))


@transaction.atomic
def take_back(*, evidence_id: UUID, official_id: UUID) -> None:
    """Given, and not received: whoever gave it has it again. Raises CannotKeepError."""
    evidence = _locked(evidence_id)
    on_its_way = State(evidence.state) is State.HANDED_OVER and evidence.holder_id == official_id
    _refuse(None if on_its_way else "evidence_not_given")
    evidence.given_to = None
    _move(evidence, State.HELD)
    _link(evidence, Act.TAKEN_BACK, by=official_id)
    record(event="evidence.taken_back", subject=evidence, actor=official_actor(official_id))


def open_one(*, evidence_id: UUID, use: Use, official_id: UUID) -> Package:
    """Its holder reads it for a purpose and a reason, written down before it is shown. Raises CannotKeepError."""
    package = unlocked_for(evidence_id, use=use, official_id=official_id)
    used(evidence_id=evidence_id, act=Act.OPENED, use=use, digest="", official_id=official_id)
    return package


def unlocked_for(evidence_id: UUID, *, use: Use, official_id: UUID) -> Package:
    """What is in it, for whoever may use it now; the caller writes it down. Raises CannotKeepError."""
    evidence = queries.get_evidence(evidence_id)
    _refuse(_why_not_use(evidence, use, official_id))
    content = _unlocked(evidence, identity=use.identity)
    try:
        package = unpacked(content)
    except NotAPackageError as damaged:
        found_damaged(evidence_id=evidence_id, code="no_package")
        raise CannotKeepError("evidence_damaged") from damaged
    if package.manifest_digest != evidence.manifest_digest:
        found_damaged(evidence_id=evidence_id, code="other_manifest")
        raise CannotKeepError("evidence_damaged")
    return package


@transaction.atomic
def used(*, evidence_id: UUID, act: Act, use: Use, digest: str, official_id: UUID) -> None:
    """It was opened, or goes out: for what, by whom, and the digest of what goes. Raises CannotKeepError."""
    evidence = _locked(evidence_id)
    _refuse(_why_not_use(evidence, use, official_id))
    link = _link(evidence, act, by=official_id, use=use, digest=digest)
    facts: dict[str, Fact] = {"purpose": use.purpose, "link": str(link.pk)}
    if act is Act.EXPORTED:
        facts["digest"] = digest
        record(event="evidence.exported", subject=evidence, actor=official_actor(official_id), facts=facts)
    else:
        record(event="evidence.opened", subject=evidence, actor=official_actor(official_id), facts=facts)


@transaction.atomic
def release(*, evidence_id: UUID, use: Use, official_id: UUID) -> None:
    """It was handed out for good, to a court or an office: nobody gives it on here any more. Raises CannotKeepError."""
    evidence = _locked(evidence_id)
    _refuse(_why_not_use(evidence, use, official_id))
    is_out = evidence.chain.filter(act=Act.EXPORTED).exists()
    _refuse(None if is_out and State(evidence.state) is State.HELD else "evidence_not_exported")
    _move(evidence, State.RELEASED)
    link = _link(evidence, Act.RELEASED, by=official_id, use=use)
    facts = {"purpose": use.purpose, "link": str(link.pk)}
    record(event="evidence.released", subject=evidence, actor=official_actor(official_id), facts=facts)


@transaction.atomic
def refused(*, evidence_id: UUID, code: str, official_id: UUID) -> None:
    """Somebody tried what may not be: it stands in the record, with the code of the reason."""
    evidence = Evidence.objects.filter(pk=evidence_id).first()
    if evidence is not None:
        actor = official_actor(official_id)
        record(event="evidence.refused", subject=evidence, actor=actor, facts={"code": code})


def _why_not_use(evidence: Evidence, use: Use, official_id: UUID) -> str | None:
    return rules.why_not_act(
        State(evidence.state),
        is_holder=evidence.holder_id == official_id,
        is_damaged=evidence.damaged_at is not None,
    ) or rules.why_not_use(purpose=use.purpose, reason=use.reason, lawful=queries.lawful_today())


def _unlocked(evidence: Evidence, *, identity: str) -> bytes:
    """Hashed before it is unlocked; what is not what it was is written down, and nobody opens it."""
    try:
        content = store.read(evidence.content_digest)
    except store.DamagedError as damaged:
        found_damaged(evidence_id=evidence.pk, code=damaged.code)
        raise CannotKeepError("evidence_damaged") from damaged
    assert hashlib.sha256(content).hexdigest() == evidence.content_digest
    try:
        return boxes.unlock(content, identity=identity)
    except boxes.WrongKeyError as wrong:
        raise CannotKeepError(wrong.code) from wrong


@transaction.atomic
def _given(
    evidence_id: UUID, *, to_id: UUID, official_id: UUID, receiver: CustodianKey, new_digest: str
) -> None:
    evidence = _locked(evidence_id)
    _refuse(None if evidence.holder_id == official_id else "evidence_not_held")
    evidence.given_to_id = to_id
    evidence.content_digest = new_digest or evidence.content_digest
    _move(evidence, State.HANDED_OVER)
    if new_digest:
        evidence.recipients.add(receiver)
    _link(evidence, Act.GIVEN, by=official_id, to=to_id, digest=evidence.content_digest)
    facts = {"to": str(to_id), "digest": evidence.content_digest}
    record(event="evidence.given", subject=evidence, actor=official_actor(official_id), facts=facts)


def _link(
    evidence: Evidence,
    act: Act,
    *,
    by: UUID,
    to: UUID | None = None,
    use: Use | None = None,
    digest: str = "",
) -> CustodyLink:
    link_id, reason = new_id(), b""
    if use is not None:
        reason = seal_text(use.reason.strip(), key=queries.file_key(evidence), about=link_id)
    return CustodyLink.objects.create(
        pk=link_id,
        evidence=evidence,
        act=act,
        by_id=by,
        to_id=to,
        purpose=use.purpose if use else "",
        reason=reason,
        digest=digest,
        at=clock.now(),
    )


def _why_not_keeper(evidence: Evidence, official_id: UUID) -> str | None:
    """Whoever works on the file, ever did, or asked for it does not keep it: two seats are still one person."""
    return rules.why_not_keeper(
        works_on_it=has_worked_on(evidence.investigation_id, official_id),
        asked_for_it=evidence.asked_by_id == official_id,
    )


def _has_key(evidence: Evidence, official_id: UUID) -> bool:
    return evidence.recipients.filter(official=official_id).exists()


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
