"""Everything that writes about files: begun, opened for a reason, joined, left, closed."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import transaction

from haetae.accounts.actions import official_actor
from haetae.agencies.investigation.files import queries, rules
from haetae.agencies.investigation.files.models import FileOpening, Investigation, Member
from haetae.agencies.investigation.files.queries import NotYoursError, OpenFile
from haetae.agencies.investigation.files.states import MOVES, Reason, State, Victim
from haetae.audit.actions import record
from haetae.common import clock
from haetae.common.case_keys import new_case_key, seal_text
from haetae.common.ids import derived_id
from haetae.common.states import check_move
from haetae.law.packs import load_pack
from haetae.law.person.penalties import offences_on


class CannotInvestigateError(ValueError):
    """A code of what stands against it."""


@dataclass(frozen=True, kw_only=True)
class About:
    """What a new file is about. `offence` is an id of the jurisdiction pack, in force on the day of the file."""

    name: str
    victim: Victim
    offence: str


@transaction.atomic
def begin(*, about: About, form_key: UUID, official_id: UUID) -> OpenFile:
    """A new file, on which whoever begins it works. The same form sent twice is one file.

    Raises CannotInvestigateError.
    """
    file_id, now = derived_id("investigation", official_id, form_key), clock.now()
    found = Investigation.objects.filter(pk=file_id).first()
    if found is not None:
        return OpenFile(investigation=found, key=queries.key_of(found))
    pack = load_pack(settings.JURISDICTION)
    offences = frozenset(
        one.offence_id for one in offences_on(pack.all_offences, now.astimezone(pack.zone).date())
    )
    _refuse(rules.why_not_begin(name=about.name, offence=about.offence, offences=offences))
    key = new_case_key()
    investigation = Investigation.objects.create(
        pk=file_id,
        name=seal_text(about.name.strip(), key=key, about=file_id),
        key_for_custodian=settings.KEYS.seal_case_key(key, case_id=file_id),
        victim=about.victim,
        offence=about.offence,
        opened_by_id=official_id,
        opened_at=now,
        changed_at=now,
    )
    record(event="investigations.begun", subject=investigation, actor=official_actor(official_id))
    _join(investigation, official_id=official_id, by_id=official_id)
    open_for(investigation_id=file_id, reason=Reason.INVESTIGATE, official_id=official_id)
    return OpenFile(investigation=investigation, key=key)


@transaction.atomic
def open_for(*, investigation_id: UUID, reason: Reason, official_id: UUID) -> None:
    """Whoever works on it says why they open it today; until midnight it stays open to them. Raises NotYoursError."""
    if not queries.is_member(investigation_id, official_id):
        raise NotYoursError("file_of_others")
    investigation = _locked(investigation_id)
    if queries.is_open_today(investigation_id, official_id):
        return
    FileOpening.objects.create(
        investigation=investigation, official_id=official_id, reason=reason, at=clock.now()
    )
    facts = {"reason": reason}
    record(
        event="investigations.opened",
        subject=investigation,
        actor=official_actor(official_id),
        facts=facts,
    )


@transaction.atomic
def add_member(*, investigation_id: UUID, colleague_id: UUID, official_id: UUID) -> None:
    """An officer works on it too from now on. Raises NotYoursError, CannotInvestigateError."""
    investigation = _for_writing(investigation_id, official_id)
    _refuse(
        rules.why_not_add(
            is_officer=colleague_id in {one.pk for one in queries.officers()},
            is_member=queries.is_member(investigation_id, colleague_id),
        )
    )
    _join(investigation, official_id=colleague_id, by_id=official_id)


@transaction.atomic
def end_membership(*, investigation_id: UUID, colleague_id: UUID, official_id: UUID) -> None:
    """Somebody works on it no more; twice is once. Raises NotYoursError, CannotInvestigateError for the last one."""
    investigation = _for_writing(investigation_id, official_id)
    members = Member.objects.filter(investigation=investigation, until=None)
    member = members.filter(official=colleague_id).first()
    if member is None:
        return
    _refuse(rules.why_not_leave(members=members.count()))
    member.until = clock.now()
    member.save(update_fields=["until"])
    record(
        event="investigations.left",
        subject=investigation,
        actor=official_actor(official_id),
        facts={"who": str(colleague_id)},
    )


@transaction.atomic
def close(*, investigation_id: UUID, official_id: UUID) -> None:
    """Nothing is added any more; twice is once. Raises NotYoursError."""
    if not queries.is_member(investigation_id, official_id):
        raise NotYoursError("file_of_others")
    investigation = _locked(investigation_id)
    if State(investigation.state) is State.CLOSED:
        return
    queries.opened_by(investigation_id, official_id, writes=True)
    _move(investigation, State.CLOSED)
    record(event="investigations.closed", subject=investigation, actor=official_actor(official_id))


@transaction.atomic
def refused(*, investigation_id: UUID, code: str, official_id: UUID) -> None:
    """Somebody tried what may not be: it stands in the record, with the code of the reason."""
    investigation = Investigation.objects.filter(pk=investigation_id).first()
    if investigation is not None:
        facts = {"code": code}
        record(
            event="investigations.refused",
            subject=investigation,
            actor=official_actor(official_id),
            facts=facts,
        )


def _join(investigation: Investigation, *, official_id: UUID, by_id: UUID) -> None:
    Member.objects.create(
        investigation=investigation, official_id=official_id, added_by_id=by_id, since=clock.now()
    )
    facts = {"who": str(official_id)}
    record(event="investigations.joined", subject=investigation, actor=official_actor(by_id), facts=facts)


def _for_writing(investigation_id: UUID, official_id: UUID) -> Investigation:
    queries.opened_by(investigation_id, official_id, writes=True)
    return _locked(investigation_id)


def _locked(investigation_id: UUID) -> Investigation:
    return Investigation.objects.select_for_update().get(pk=investigation_id)


def _move(investigation: Investigation, after: State) -> None:
    check_move(MOVES, State(investigation.state), after)
    investigation.state = after
    investigation.changed_at = clock.now()
    investigation.save(update_fields=["state", "changed_at"])


def _refuse(code: str | None) -> None:
    if code is not None:
        raise CannotInvestigateError(code)
