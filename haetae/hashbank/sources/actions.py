"""Everything that is written about foreign lists, and what of their pages enters the bank."""

from collections import Counter
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import transaction

from haetae.accounts.models import Partner
from haetae.audit.actions import Fact, record
from haetae.audit.actor import SYSTEM, Actor
from haetae.common import clock
from haetae.common.foreign import ForeignPage, ForeignRecord, Position
from haetae.hashbank import actions as bank
from haetae.hashbank.exchange.actions import actor_of
from haetae.hashbank.models import HashList, KnownPicture, Source
from haetae.hashbank.rules import NewEntry
from haetae.hashbank.sources import queries, rules
from haetae.hashbank.states import PURPOSE_OF, Media, Purpose, Wire

COUNTED = ("added", "changed", "withdrawn", "unchanged", "withdrawn_here", "not_held", "set_aside")


class MovedOnError(Exception):
    """Somebody else has taken this page meanwhile; nothing was written."""


@transaction.atomic
def add_source(  # noqa: PLR0913 - one for each thing that is known of a source
    *,
    name: str,
    wire: Wire,
    base: str,
    partner: Partner,
    list_name: str,
    secret_name: str,
    every_s: int,
    actor: Actor,
) -> Source:
    """Make a foreign list known, or change what is known of it. At another address it is read from the beginning.

    Raises CannotEnterError where the list that it would fill is another's or for something else.
    """
    kept = bank.keep_list(
        name=list_name, issuer=partner.name, purpose=PURPOSE_OF[wire], partner=partner, actor=actor
    )
    _refuse_other_list(kept, name=name, wire=wire, partner=partner)
    before = Source.objects.select_for_update().filter(name=name).first()
    where = {"wire": wire.value, "base": base, "fills": kept}
    begins = {} if before and (before.wire, before.base, before.fills) == (wire, base, kept) else {
        "since_s": 0, "until_s": None, "following": "",
    }  # fmt: skip
    source, _ = Source.objects.update_or_create(
        name=name,
        defaults={
            **where, **begins, "partner": partner, "secret_name": secret_name, "every_s": every_s,
            "due_at": clock.now(),
        },
    )  # fmt: skip
    facts = {"source": name, "wire": wire.value, "list": list_name}
    record(event="hashbank.source_added", subject=source, actor=actor, facts=facts)
    return source


def _refuse_other_list(kept: HashList, *, name: str, wire: Wire, partner: Partner) -> None:
    if Purpose(kept.purpose) is not PURPOSE_OF[wire]:
        words = (
            f"list: {kept.name} is for {kept.purpose}, this wire for {PURPOSE_OF[wire]}; take another name."
        )
        raise bank.CannotEnterError(words)
    other = Source.objects.filter(fills=kept).exclude(name=name).exists()
    if kept.partner_id != partner.pk or other:
        raise bank.CannotEnterError(f"list: {kept.name} is filled by somebody else; take another name.")


@transaction.atomic
def remove_source(*, source_id: UUID, actor: Actor) -> None:
    """Fetch this list no more. What it brought stays as it is, and can be withdrawn like anything else."""
    source = Source.objects.select_for_update().get(pk=source_id)
    record(event="hashbank.source_removed", subject=source, actor=actor, facts={"source": source.name})
    source.delete()


@transaction.atomic
def take_page(*, source_id: UUID, before: Position, page: ForeignPage) -> Mapping[str, int]:
    """What a page says enters the bank, and the position moves on, in one: a page counts wholly or not at all.

    Raises MovedOnError when the position is no longer `before`, and CannotEnterError, which nothing here should cause.
    """
    source = Source.objects.select_for_update().select_related("fills", "partner").get(pk=source_id)
    if queries.position_of(source) != before:
        raise MovedOnError
    counts = _take(source, {one.foreign_id: one for one in page.records})  # the last word on each counts
    counts.update(not_held=page.not_held, set_aside=len(page.set_aside))
    _move(source, page.after)
    if not page.more:
        _round_ended(source)
    for name in COUNTED:
        source.counts[name] = source.counts.get(name, 0) + counts[name]
    _keep_what_was_odd(source, page, begins=not before.following)
    source.save()
    facts: dict[str, Fact] = {"source": source.name, **{name: counts[name] for name in COUNTED}}
    record(event="hashbank.pulled", subject=source, actor=actor_of(source.partner), facts=facts)
    return {name: counts[name] for name in COUNTED}


@transaction.atomic
def pull_failed(
    *, source_id: UUID, code: str, words: str, retry_after_s: int | None = None, restart: bool = False
) -> None:
    """A page did not come, or made no sense. Nothing enters; it is tried again, later each time.

    Raises Source.DoesNotExist where it was removed meanwhile.
    """
    source = Source.objects.select_for_update().select_related("partner").get(pk=source_id)
    source.failing_since = source.failing_since or clock.now()
    source.failures += 1
    source.failure_code, source.failure_words = code, rules.plain(words)
    if restart:
        _move(source, queries.position_of(source).restarted())
    source.due_at = clock.now() + rules.pause(failures=source.failures, retry_after_s=retry_after_s)
    source.save()
    _notice_silence(source)
    facts: dict[str, Fact] = {"source": source.name, "code": code, "failures": source.failures}
    record(event="hashbank.pull_failed", subject=source, actor=actor_of(source.partner), facts=facts)


def _notice_silence(source: Source) -> None:
    """Once, however long it lasts."""
    now = clock.now()
    if source.silent_at is None and source.failing_since and now - source.failing_since >= rules.SILENT_AFTER:
        source.silent_at = now
        source.save(update_fields=["silent_at"])
        facts = {"source": source.name, "code": source.failure_code}
        record(event="hashbank.source_silent", subject=source, actor=SYSTEM, facts=facts)


def _take(source: Source, records: Mapping[str, ForeignRecord]) -> Counter[str]:
    here = queries.held(source.fills, list(records), at=clock.now())
    ended_by_us = queries.withdrawn_here(source.fills, list(records))
    counts: Counter[str] = Counter()
    gone: list[KnownPicture] = []
    new: list[NewEntry] = []
    for key, one in records.items():
        row, entry = here.get(key), _entry_of(one)
        if row is not None and entry is not None and _says_the_same(row, entry):
            counts["unchanged"] += 1
        elif row is not None:
            gone.append(row)
            new += [entry] if entry else []
            counts["changed" if entry else "withdrawn"] += 1
        elif entry is not None and key in ended_by_us:
            counts["withdrawn_here"] += 1
        elif entry is not None:
            new.append(entry)
            counts["added"] += 1
    actor = actor_of(source.partner)
    bank.withdraw_entries(known_ids=[row.pk for row in gone], actor=actor, by_issuer=True)
    if new:
        ids = bank.add_entries(list_name=source.fills.name, entries=new, actor=actor)
        # Nobody sheds a doubt by withdrawing a hash and making it known again.
        doubted = queries.disputed_here(source.fills, [entry.foreign_id for entry in new])
        for entry, known_id in zip(new, ids, strict=True):
            if entry.foreign_id in doubted:
                bank.dispute_known_picture(known_id=known_id, actor=actor)
    return counts


def _entry_of(one: ForeignRecord) -> NewEntry | None:
    """What the bank holds of it, as self-declared whatever its issuer says; None where it is to be matched no more."""
    if not (one.is_live and (one.pdq or one.md5)):
        return None
    media = Media.FILM if one.is_film else Media.IMAGE
    return NewEntry(media=media, pdq=one.pdq, md5=one.md5, foreign_id=one.foreign_id)


def _says_the_same(row: KnownPicture, entry: NewEntry) -> bool:
    return (row.media, row.pdq, row.md5) == (entry.media, entry.pdq, entry.md5)


def _move(source: Source, to: Position) -> None:
    source.since_s, source.until_s, source.following = to.since_s, to.until_s, to.following


def _round_ended(source: Source) -> None:
    source.succeeded_at = clock.now()
    source.due_at = source.succeeded_at + rules.every(source.every_s)
    if source.silent_at is not None:
        source.silent_at = None
        record(event="hashbank.source_back", subject=source, actor=SYSTEM, facts={"source": source.name})
    source.failing_since, source.failures, source.failure_code, source.failure_words = None, 0, "", ""


def _keep_what_was_odd(source: Source, page: ForeignPage, *, begins: bool) -> None:
    found: Sequence[str] = [str(one) for one in (*page.doubts, *page.set_aside)]
    source.odd = [*([] if begins else source.odd), *found][: rules.ODD_KEPT]
