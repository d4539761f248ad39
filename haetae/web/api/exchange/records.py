"""Entries in the words of StopNCII, which knows hashes and no entries: one record for each hash."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from haetae.accounts.models import Partner
from haetae.common.wires import second_of
from haetae.hashbank.exchange import queries
from haetae.hashbank.exchange.queries import Entry
from haetae.hashbank.exchange.stopncii import Record, Status
from haetae.hashbank.models import HashFeedback, KnownPicture
from haetae.hashbank.states import Feedback, Media

ANOTHER = "another"  # who else said something is not told: it would tell who holds what


def records_of(partner: Partner, entries: Sequence[Entry]) -> list[Record]:
    """One record for each hash of these entries; it is active as long as any case of it is."""
    cases: dict[tuple[Media, str], list[Entry]] = {}
    for entry in queries.same_hash(partner, [entry.row for entry in entries]) if entries else ():
        cases.setdefault(_key(entry.row), []).append(entry)
    said = queries.feedback_on({entry.row for found in cases.values() for entry in found})
    changed_s = {_key(entry.row): second_of(entry.row.changed_at) for entry in entries}
    return [
        Record(
            changed_s=at_s,
            media=key[0],
            value=key[1],
            status=_status(any(entry.is_live for entry in cases[key])),
            cases={str(entry.row.pk): _status(entry.is_live) for entry in cases[key]},
            feedback=list(_feedback(partner, cases[key], said)),
        )
        for key, at_s in changed_s.items()
    ]


def source_of(said: HashFeedback, partner: Partner) -> str:
    """Its own name for what it said itself."""
    return said.source if said.source == partner.name else ANOTHER


def _key(row: KnownPicture) -> tuple[Media, str]:
    media = Media(row.media)
    return media, row.md5 if media is Media.FILM else row.pdq


def _status(is_live: bool) -> Status:  # noqa: FBT001 - it is the one question
    return Status.ACTIVE if is_live else Status.WITHDRAWN


def _feedback(
    partner: Partner, cases: Sequence[Entry], said: Mapping[UUID, list[HashFeedback]]
) -> Iterator[tuple[str, Feedback, Sequence[str]]]:
    for entry in cases:
        if entry.is_live:
            for one in said.get(entry.row.pk, ()):
                yield source_of(one, partner), Feedback(one.value), one.tags
