"""The whole story, scene by scene, in one database; what comes of it is the recording."""

import json
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import time_machine
from django.conf import settings

from bench.story import doubt, ending, person, police, sanction
from bench.story.board import open_board
from bench.story.house import furnish
from bench.story.tape import Scene, Tape
from haetae.audit.exporting import Extent, lines, newest_signed_head
from haetae.audit.models import Leaf
from haetae.audit.sealer import Sealer
from haetae.common import clock

BEGINS: Final = "2026-11-16T09:00:00+09:00"


def play(folder: Path) -> dict[str, bytes]:
    """The files of the recording, by name: what happened (story.json), and the signed log (log.jsonl)."""
    with (
        open_board(folder) as board,
        time_machine.travel(BEGINS, tick=False) as time,
    ):
        tape = Tape(time)
        house = furnish(tape, board)
        post = person.tells(house)
        person.is_examined(house, post)
        person.is_seen_gone(house, post)
        person.harmless(house)
        doubt.in_doubt(house)
        sanction.lies(house)
        house.board.behaves()
        person.back_elsewhere(house)
        ending.stands_by(house)
        police.asks_the_police(house)
        police.investigates(house)
        ending.is_forgotten(house)
        with tape.scene("sealed"):
            pass  # nothing happens in it: everything so far is put under one head
        ending.is_counted(house)
        return _written(tape, house.roles(), folder)


def _written(tape: Tape, roles: dict[str, str], folder: Path) -> dict[str, bytes]:
    Sealer(key=settings.KEYS.log_key, outside=folder / "heads.jsonl").seal()
    head = newest_signed_head()
    leaves = dict(Leaf.objects.values_list("event_id", "index"))
    log = b"".join(
        lines(Extent(first=0, size=head.size, with_events=True), key=settings.KEYS.log_key, at=clock.now())
    )
    story = {
        "version": version("haetae"),
        "begins": datetime.fromisoformat(BEGINS).isoformat(),
        "roles": roles,
        "scenes": [_scene(scene, leaves) for scene in tape.scenes],
    }
    return {"story.json": _json(story), "log.jsonl": log}


def _scene(scene: Scene, leaves: dict[int, int]) -> dict[str, Any]:
    return {
        "name": scene.name,
        "at": scene.at.isoformat(),
        "leaves": [leaves[event] for event in scene.events],
        "refused": scene.refused,
        "facts": scene.facts,
        "papers": scene.papers,
    }


def _json(story: dict[str, Any]) -> bytes:
    return (json.dumps(story, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
