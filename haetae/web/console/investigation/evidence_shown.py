"""A piece of evidence as the pages show it: to officers of its file, and to custodians."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise

from haetae.agencies.investigation.evidence import queries
from haetae.agencies.investigation.evidence.models import Evidence
from haetae.agencies.investigation.evidence.states import Act, Origin, State
from haetae.common import clock
from haetae.web.words.agencies import Officials
from haetae.web.words.authorities import authority_words
from haetae.web.words.evidence import ACTS, ORIGINS, STATES, purpose_words, why_not_kept
from haetae.web.words.times import Moment, moment


@dataclass(frozen=True, kw_only=True)
class Line:
    """One piece in a list. `address` is empty where the reader may not know it."""

    piece: Evidence
    shape: str
    words: str
    tone: str
    origin: str | Promise
    why_not: str
    address: str
    asked: Moment
    changed: Moment
    holder: str
    receiver: str


def line_of(piece: Evidence, *, address: str = "", now: datetime) -> Line:
    shape, words, tone = STATES[State(piece.state)]
    return Line(
        piece=piece,
        shape=shape,
        words=str(words),
        tone="bad" if piece.damaged_at else tone,
        origin=ORIGINS[Origin(piece.origin)],
        why_not=why_not_kept(piece.why_not) if piece.why_not else "",
        address=address,
        asked=moment(piece.asked_at, now=now),
        changed=moment(piece.changed_at, now=now),
        holder=piece.holder.get_username() if piece.holder else "",
        receiver=piece.given_to.get_username() if piece.given_to else "",
    )


def facts_of(piece: Evidence, *, address: str = "") -> dict[str, Any]:
    """What the page of one piece shows to anybody who may see it: never a reason, never what is in it."""
    now = clock.now()
    chain = queries.chain_of(piece)
    officials = Officials({one.by_id for one in chain} | {one.to_id for one in chain if one.to_id})
    term, until = queries.term_of(piece)
    holds = queries.standing_holds(piece, at=now)
    shown = {
        name: moment(at, now=now) if at else None
        for name, at in {
            "captured": piece.captured_at,
            "stamped": piece.stamped_at,
            "checked": piece.checked_at,
            "damaged": piece.damaged_at,
            "overtaken": piece.overtaken_at,
            "held_until": piece.held_until,
            "kept_until": until,
        }.items()
    }
    return {
        "line": line_of(piece, address=address, now=now),
        "piece": piece,
        "state": piece.state,
        "at": shown,
        "authority": authority_words(piece.stamp_authority),
        "waits": piece.held_until is not None
        and piece.held_until > now
        and piece.state in {"requested", "captured"},
        "term": term,
        "holds": [
            {"hold": one, "until": moment(one.until, now=now), "by": one.set_by.get_username()}
            for one in holds
        ],
        "chain": [
            {
                "at": moment(one.at, now=now),
                "words": ACTS[Act(one.act)],
                "by": officials.named(one.by.get_username(), official_id=one.by_id, at=one.at),
                "to": officials.named(one.to.get_username(), official_id=one.to.pk, at=one.at)
                if one.to
                else "",
                "purpose": purpose_words(one.purpose),
                "digest": one.digest,
            }
            for one in chain
        ],
    }


def lines_of(pieces: Sequence[Evidence]) -> list[Line]:
    """Without addresses, for whoever is not a member of the file."""
    now = clock.now()
    return [line_of(piece, now=now) for piece in pieces]
