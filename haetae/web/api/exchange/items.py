"""Entries in the words of NCMEC's hash sharing: one item for each entry."""

from collections.abc import Sequence

from haetae.accounts.models import Partner
from haetae.hashbank.exchange import queries
from haetae.hashbank.exchange.ncmec import Fingerprint, Item, Vote
from haetae.hashbank.exchange.queries import Entry
from haetae.hashbank.models import HashFeedback, KnownPicture
from haetae.hashbank.states import Feedback, Media

_POSITIVE = {Feedback.BLOCKED: True, Feedback.NOT_BLOCKED: False}


def items_of(partner: Partner, entries: Sequence[Entry]) -> list[Item]:
    """In their order. A film shows its MD5 alone."""
    said = queries.feedback_on({entry.row for entry in entries if entry.is_live})
    return [
        Item(
            entry_id=str(entry.row.pk),
            media=Media(entry.row.media),
            changed_at=entry.row.changed_at,
            deleted=not entry.is_live,
            md5=entry.row.md5,
            pdq=entry.row.pdq if entry.row.media == Media.IMAGE else "",
            votes=_votes(partner, entry.row, said.get(entry.row.pk, ())),
        )
        for entry in entries
    ]


def _votes(partner: Partner, row: KnownPicture, said: Sequence[HashFeedback]) -> list[Vote]:
    kind = Fingerprint.PDQ if row.pdq and row.media == Media.IMAGE else Fingerprint.MD5
    return [
        Vote(
            fingerprint=kind,
            positive=_POSITIVE[Feedback(one.value)],
            mine=one.source == partner.name,
            reason=next(iter(one.tags), "other"),
        )
        for one in said
        if Feedback(one.value) in _POSITIVE
    ]
