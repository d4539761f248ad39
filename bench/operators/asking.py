"""Registers the operators and asks them: rows of an examined picture, then the real verb. Needs Django to be ready."""

import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from bench.operator_stage.server import Stage
from bench.operators.cast import Part, Turn
from haetae.accounts.actions import Standing, register_operator
from haetae.accounts.models import KeyUse, Operator
from haetae.accounts.signing.actions import new_shared_key
from haetae.audit.actor import SYSTEM
from haetae.common import clock
from haetae.common.sealed import search_digest
from haetae.flow.arrival.models import Sighting
from haetae.flow.assessment.models import Assessment
from haetae.flow.removal.actions import request_deletion
from haetae.flow.removal.models import DeletionRequest


@dataclass(frozen=True, kw_only=True)
class Player:
    """One operator of one series: its row, and the hook at which its system listens."""

    part: Part
    operator: Operator
    hook: str
    stage: Stage


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One request that was made of one operator."""

    request_id: UUID
    key: UUID
    media_url: str
    player: Player


def registered(parts: Sequence[Part], *, series: str, plain: Stage, tls: Stage) -> list[Player]:
    """New operators, so that nobody's breaker remembers an earlier series."""
    return [_registered(part, series, tls if part.speaks_tls else plain) for part in parts]


def _registered(part: Part, series: str, stage: Stage) -> Player:
    name = f"{series}-{part.name}"
    endpoint = stage.address(name) if part.listens else f"http://127.0.0.1:{_closed_port()}/hooks/{name}"
    operator = register_operator(
        name=name,
        connector="webhook",
        origin=f"https://{name}.example",
        standing=Standing(endpoint=endpoint),
        actor=SYSTEM,
    )
    hook = stage.hooks[name]
    hook.secret = new_shared_key(operator=operator, use=KeyUse.WE_SIGN_SHARED, actor=SYSTEM)
    hook.manner, hook.fails_first = part.manner, part.fails_first
    return Player(part=part, operator=operator, hook=name, stage=stage)


def _closed_port() -> int:
    """A port at which nobody listens: it was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def places(planned: Sequence[Turn], players: Sequence[Player]) -> list[Assessment]:
    """Examined pictures to be asked about, one for each turn. By rows: examining is not what is measured."""
    now = clock.now()
    found = []
    for number, turn in enumerate(planned):
        player = players[turn.part]
        # Our own rule refuses to look at an address of this machine, so that looking costs next to nothing here.
        shown_at = f"{player.stage.origin}/{player.hook}"
        media = f"{shown_at}/media/{number}.jpg"
        sighting = Sighting(
            operator=player.operator,
            page_url=f"{shown_at}/posts/{number}",
            media_url=media,
            locator_digest=search_digest(media),
            source="watch",
            found_at=now,
        )
        digest = sha256(media.encode()).hexdigest()
        found.append(
            Assessment(
                sighting=sighting,
                round=1,
                state="request",
                reported=False,
                fingerprints={"sha256": digest},
                found_at=now,
                opened_at=now,
                examined_at=now,
            )
        )
    Sighting.objects.bulk_create([one.sighting for one in found])
    return Assessment.objects.bulk_create(found)


def ask(planned: Sequence[Turn], found: Sequence[Assessment], players: Sequence[Player]) -> list[Asked]:
    """Each at its moment, or at once where we are late."""
    began_s, asked = time.monotonic(), []
    for turn, examined in zip(planned, found, strict=True):
        time.sleep(max(0.0, began_s + turn.at_s - time.monotonic()))
        request_id = request_deletion(sighting_id=examined.sighting_id, assessment_id=examined.pk)
        assert request_id is not None
        key = DeletionRequest.objects.values_list("key", flat=True).get(pk=request_id)
        media = examined.sighting.media_url
        asked.append(Asked(request_id=request_id, key=key, media_url=media, player=players[turn.part]))
    return asked
