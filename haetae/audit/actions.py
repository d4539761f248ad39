"""The only way in: record() writes one event and defers what follows, in the transaction of the change itself."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db import models, transaction

from haetae.audit.actor import SYSTEM, Actor
from haetae.audit.heads import StampedHead
from haetae.audit.models import Event, LogExport, Restoration, Stamp, Succession
from haetae.audit.reasons import ExportReason, why_not_export
from haetae.audit.restored import statement
from haetae.audit.succession import SignedSuccession
from haetae.common import clock, jobs
from haetae.common.keys import Signer
from haetae.common.stamps import Stamp as ReadStamp

Fact = str | int | bool | None
_NAME = re.compile(r"[a-z_]+\.[a-z_]+")
# Ids, codes, digests and durations. Spaces are not allowed: a sentence cannot get in.
_LARGEST_NUMBER = 2**53 - 1  # RFC 8785: beyond it readers disagree about the digits
_CODE = re.compile(r"[A-Za-z0-9_.:+-]{0,160}")


class NotACodeError(ValueError):
    """Somebody tried to put free text into the record."""


class CannotExportLogError(ValueError):
    """A code of what stands against it (haetae.audit.reasons)."""


_NOTHING_FOLLOWS: set[str] = set()


def nothing_follows(events: Iterable[str]) -> None:
    """The flow says once, at the start, which events cause no step: they are recorded and wake nobody."""
    _NOTHING_FOLLOWS.update(events)


def record(
    *,
    event: str,
    subject: models.Model,
    actor: Actor,
    facts: Mapping[str, Fact] | None = None,
    for_nobody: bool = False,
) -> Event:
    """Write down one change of state and wake what follows from it.

    What happens `for_nobody` has no person who waits for it: what follows gets its turn when nothing else waits.
    Must be called inside the transaction that makes the change. Raises NotACodeError when a fact is free text.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("record() belongs inside the transaction of the change that it records")
    facts = dict(facts or {})
    _refuse_free_text(event, facts)
    assert isinstance(subject.pk, UUID)
    row = Event.objects.create(
        at=clock.now(),
        name=event,
        subject_kind=subject._meta.label_lower,
        subject_id=subject.pk,
        actor_kind=actor.kind,
        actor_id=actor.id,
        facts=facts,
    )
    if event not in _NOTHING_FOLLOWS:
        jobs.defer(jobs.NEXT_STEP, priority=jobs.BEHIND if for_nobody else None, event_id=row.pk)
    return row


@transaction.atomic
def head_stamped(stamped: StampedHead, *, read: ReadStamp) -> bool:
    """Keep what an authority said about a head; the digest of it goes into the log itself.

    `read` is what the token was seen to prove. False where this head has a stamp already.
    """
    if Stamp.objects.filter(size=stamped.size).exists():
        return False
    row = Stamp.objects.create(
        size=stamped.size, token=stamped.token, at=read.at, authority=read.authority[:255]
    )
    digest = hashlib.sha256(stamped.token).hexdigest()
    record(event="log.stamped", subject=row, actor=SYSTEM, facts={"size": stamped.size, "digest": digest})
    return True


@transaction.atomic
def key_succeeded(succession: SignedSuccession) -> None:
    """The key of the log was changed. Said again, it changes nothing."""
    told = {"former": succession.former, "newer": succession.newer, "size": succession.size}
    if Succession.objects.filter(**told).exists():
        return
    row = Succession.objects.create(
        **told, at=succession.at, by_former=succession.by_former, by_newer=succession.by_newer
    )
    facts: dict[str, Fact] = {
        "size": succession.size,
        "from": succession.former.hex(),
        "to": succession.newer.hex(),
    }
    record(event="log.key_succeeded", subject=row, actor=SYSTEM, facts=facts)


@transaction.atomic
def log_exported(*, first: int, size: int, with_events: bool, reason: str, actor: Actor) -> None:
    """Somebody takes the log out of the house: written down before a line of it leaves. Raises CannotExportLogError."""
    problem = why_not_export(first=first, size=size, reason=reason)
    if problem:
        raise CannotExportLogError(problem)
    row = LogExport.objects.create(
        first=first, size=size, with_events=with_events, reason=ExportReason(reason), at=clock.now()
    )
    facts: dict[str, Fact] = {"first": first, "size": size, "with_events": with_events, "reason": reason}
    record(event="log.exported", subject=row, actor=actor, facts=facts)


@transaction.atomic
def log_restored(
    *, made_at: datetime, backup: int, kept: int, until: int, root: str, key: Signer, actor: Actor
) -> None:
    """The database was put back: said in the log itself, under its own key (haetae.audit.restored.Declared)."""
    now = clock.now()
    row = Restoration.objects.create(at=now, made_at=made_at, backup=backup, kept=kept, until=until)
    signature = key.sign(statement(backup=backup, kept=kept, until=until, root=root)).hex()
    facts: dict[str, Fact] = {
        "backup": backup,
        "kept": kept,
        "until": until,
        "root": root,
        "signature": signature,
    }
    record(event="log.restored", subject=row, actor=actor, facts=facts)


def _refuse_free_text(event: str, facts: Mapping[str, Fact]) -> None:
    if not _NAME.fullmatch(event):
        raise NotACodeError(f"{event!r} is not an event's name; it reads room.what_happened")
    for key, value in facts.items():
        if isinstance(value, int) and abs(value) > _LARGEST_NUMBER:
            raise NotACodeError(f"the fact {key!r} of {event} is a number that canonical JSON cannot hold")
        if isinstance(value, str) and not _CODE.fullmatch(value):
            raise NotACodeError(
                f"the fact {key!r} of {event} is not a code; events hold ids, codes and digests only"
            )
