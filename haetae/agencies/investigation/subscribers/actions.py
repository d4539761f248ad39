"""Everything that writes about requests for data: drafted, signed, dropped, what was noted, and who read an answer."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from haetae.accounts.actions import official_actor
from haetae.agencies.investigation.files import queries as files
from haetae.agencies.investigation.files.models import Investigation
from haetae.agencies.investigation.files.queries import OpenFile
from haetae.agencies.investigation.subscribers import papers, queries, rules
from haetae.agencies.investigation.subscribers.content import letters_packed, packed
from haetae.agencies.investigation.subscribers.models import SubscriberRequest, SubscriberStep
from haetae.agencies.investigation.subscribers.rules import Asked
from haetae.agencies.investigation.subscribers.states import MOVES, SAID, WITH_DATA, Refusal, State, Way
from haetae.audit.actions import Fact, record
from haetae.audit.actor import SYSTEM
from haetae.common import clock
from haetae.common.case_keys import open_text, seal_text
from haetae.common.ids import derived_id, new_id
from haetae.common.states import check_move, may_move
from haetae.documents.html import digest_of, render_html
from haetae.flow.deadlines import actions as deadlines
from haetae.flow.deadlines.states import Basis, Kind
from haetae.law.asking import in_force
from haetae.law.packs import load_pack
from haetae.law.person.penalties import offences_on


class CannotAskError(ValueError):
    """A code of what stands against it."""


@dataclass(frozen=True, kw_only=True)
class Heard:
    """What somebody notes: it went out (`way`), or the platform said something."""

    state: State
    at: datetime
    way: Way | None = None
    reasons: Collection[Refusal] = ()
    note: str = ""
    data: str = ""


@transaction.atomic
def draft(*, investigation_id: UUID, asked: Asked, form_key: UUID, official_id: UUID) -> UUID:
    """A request as one officer means it. The same form twice is one. Raises NotYoursError, CannotAskError."""
    opened, request_id = (
        _opened(investigation_id, official_id),
        derived_id("data-request", investigation_id, form_key),
    )
    if SubscriberRequest.objects.filter(pk=request_id).exists():
        return request_id
    pack, now = load_pack(settings.JURISDICTION), clock.now()
    basis = in_force(pack.data_bases(on=now.astimezone(pack.zone).date()), basis_id=asked.basis)
    offences = {one.offence_id for one in offences_on(pack.all_offences, asked.act_on)}
    _refuse(
        rules.why_not_ask(asked, basis=basis, is_offence=opened.investigation.offence in offences, now=now)
    )
    assert basis is not None
    request = SubscriberRequest.objects.create(
        pk=request_id,
        investigation=opened.investigation,
        platform=asked.platform,
        abroad=asked.abroad,
        basis=basis.basis_id,
        instrument=basis.instrument,
        asked=seal_text(packed(asked), key=opened.key, about=request_id),
        drafted_by_id=official_id,
        drafted_at=now,
        changed_at=now,
    )
    facts: dict[str, Fact] = {"basis": basis.basis_id, "instrument": basis.instrument}
    record(event="subscribers.drafted", subject=request, actor=official_actor(official_id), facts=facts)
    return request_id


@transaction.atomic
def sign(*, request_id: UUID, investigation_id: UUID, official_id: UUID) -> None:
    """Another officer of the file signs; from now on its letter never changes. Raises NotYoursError, CannotAskError."""
    opened = _opened(investigation_id, official_id)
    request = _locked(request_id, investigation_id)
    if State(request.state) is State.SIGNED and request.signed_by_id == official_id:
        return
    _refuse(rules.why_not_sign(is_own=request.drafted_by_id == official_id))
    pack, now = load_pack(settings.JURISDICTION), clock.now()
    # A draft may have lain since a day on which its article still held.
    basis = in_force(pack.data_bases(on=now.astimezone(pack.zone).date()), basis_id=request.basis)
    _refuse(None if basis else "no_legal_basis")
    letters = papers.letters_of(request, queries.asked_of(request, opened.key), at=now)
    request.letters = seal_text(letters_packed(letters), key=opened.key, about=request.pk)
    request.signed_by_id = official_id
    _move(request, State.SIGNED)
    digests: dict[str, Fact] = {f"digest_{one.language}": digest_of(render_html(one)) for one in letters}
    _step(request, Heard(state=State.SIGNED, at=now), key=opened.key, official_id=official_id)
    record(event="subscribers.signed", subject=request, actor=official_actor(official_id), facts=digests)


@transaction.atomic
def drop(*, request_id: UUID, investigation_id: UUID, official_id: UUID) -> None:
    """It will not be sent; twice is once. Raises NotYoursError, CannotAskError."""
    opened = _opened(investigation_id, official_id)
    request = _locked(request_id, investigation_id)
    if State(request.state) is State.DROPPED:
        return
    _move(request, State.DROPPED)
    _step(request, Heard(state=State.DROPPED, at=clock.now()), key=opened.key, official_id=official_id)
    record(event="subscribers.dropped", subject=request, actor=official_actor(official_id))


@transaction.atomic
def sent(*, request_id: UUID, investigation_id: UUID, heard: Heard, official_id: UUID) -> None:
    """People have sent it, and say how and when; our own term for an answer begins. The same note twice is one."""
    opened = _opened(investigation_id, official_id)
    request = _locked(request_id, investigation_id)
    if heard.way is None:
        raise CannotAskError("way_missing")
    if _is_noted(request, heard, key=opened.key):
        return
    _note(request, heard, opened=opened, official_id=official_id)
    pack = load_pack(settings.JURISDICTION)
    deadlines.set_deadline(
        kind=Kind.PLATFORM_ANSWER,
        subject_id=request.pk,
        basis=Basis.POLICY,
        source=pack.asking.source.key,
        due_at=pack.due_at(start=heard.at, duration=pack.asking.answer_within),
    )
    facts: dict[str, Fact] = {"way": heard.way}
    record(event="subscribers.sent", subject=request, actor=official_actor(official_id), facts=facts)


@transaction.atomic
def answered(*, request_id: UUID, investigation_id: UUID, heard: Heard, official_id: UUID) -> None:
    """What the platform said; data is sealed and read only with a record. The same note twice is one.

    Raises NotYoursError, CannotAskError.
    """
    opened = _opened(investigation_id, official_id)
    request = _locked(request_id, investigation_id)
    if heard.state not in SAID:
        raise CannotAskError("answer_unknown")
    _refuse(rules.why_not_answer(heard.state, reasons=heard.reasons, data=heard.data))
    if _is_noted(request, heard, key=opened.key):
        return
    _note(request, heard, opened=opened, official_id=official_id)
    if heard.state is not State.ACKNOWLEDGED:
        deadlines.meet(subject_id=request.pk, kinds=[Kind.PLATFORM_ANSWER])
    facts: dict[str, Fact] = {"state": heard.state, "reasons": "+".join(sorted(heard.reasons))}
    record(event="subscribers.answered", subject=request, actor=official_actor(official_id), facts=facts)


@transaction.atomic
def silent(*, request_id: UUID) -> None:
    """Our own term is over and no answer was noted; one may still come."""
    request = SubscriberRequest.objects.select_for_update().get(pk=request_id)
    if not may_move(MOVES, State(request.state), State.NO_ANSWER):
        return
    _move(request, State.NO_ANSWER)
    now = clock.now()
    SubscriberStep.objects.create(request=request, state=State.NO_ANSWER, at=now, noted_at=now)
    record(event="subscribers.no_answer", subject=request, actor=SYSTEM)


@transaction.atomic
def read_answer(*, step_id: UUID, investigation_id: UUID, official_id: UUID) -> str:
    """What was answered, for whoever works on this file alone; each reading is recorded.

    Raises NotYoursError, SubscriberStep.DoesNotExist, also for an answer in another file.
    """
    opened = files.opened_by(investigation_id, official_id)
    step = SubscriberStep.objects.select_related("request").get(
        pk=step_id, request__investigation=investigation_id, state__in=sorted(WITH_DATA)
    )
    record(
        event="subscribers.read",
        subject=step.request,
        actor=official_actor(official_id),
        facts={"step": str(step.pk)},
    )
    return open_text(step.answer, key=opened.key, about=step.pk)


def _opened(investigation_id: UUID, official_id: UUID) -> OpenFile:
    """Open to this officer for writing, and locked until this change stands."""
    files.opened_by(investigation_id, official_id, writes=True)
    Investigation.objects.select_for_update().get(pk=investigation_id)
    return files.opened_by(investigation_id, official_id, writes=True)


def _locked(request_id: UUID, investigation_id: UUID) -> SubscriberRequest:
    return SubscriberRequest.objects.select_for_update().get(pk=request_id, investigation=investigation_id)


def _is_noted(request: SubscriberRequest, heard: Heard, *, key: bytes) -> bool:
    """Only the very same: other data of the same minute is another answer, and not lost in silence."""
    if State(request.state) is not heard.state:
        return False
    last = queries.last_step(request)
    answer = open_text(last.answer, key=key, about=last.pk) if last.answer else ""
    return last.at == heard.at and answer == (heard.data if heard.data.strip() else "")


def _note(request: SubscriberRequest, heard: Heard, *, opened: OpenFile, official_id: UUID) -> None:
    if not may_move(MOVES, State(request.state), heard.state):
        raise CannotAskError("request_not_now")
    _refuse(rules.why_not_when(heard.at, after=queries.last_step(request).at, now=clock.now()))
    _move(request, heard.state)
    _step(request, heard, key=opened.key, official_id=official_id)


def _step(request: SubscriberRequest, heard: Heard, *, key: bytes, official_id: UUID) -> None:
    step_id = new_id()
    SubscriberStep.objects.create(
        pk=step_id,
        request=request,
        state=heard.state,
        at=heard.at,
        noted_at=clock.now(),
        official_id=official_id,
        way=heard.way or "",
        reasons=sorted(set(heard.reasons)),
        note=seal_text(heard.note.strip(), key=key, about=step_id) if heard.note.strip() else b"",
        answer=seal_text(heard.data, key=key, about=step_id) if heard.data.strip() else b"",
    )


def _move(request: SubscriberRequest, after: State) -> None:
    if not may_move(MOVES, State(request.state), after):
        raise CannotAskError("request_not_now")
    check_move(MOVES, State(request.state), after)
    request.state = after
    request.changed_at = clock.now()
    request.save(update_fields=["state", "changed_at", "letters", "signed_by"])


def _refuse(code: str | None) -> None:
    if code is not None:
        raise CannotAskError(code)
