"""The recording of the whole flow, as it lies in `recording/`: what happened is read from its signed log. Pure.

`python -m bench.story` makes it anew; nothing in it is written by hand.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any, Final

_FOLDER: Final = files("haetae.story") / "recording"
LOG: Final = "log.jsonl"


@dataclass(frozen=True, kw_only=True)
class Happened:
    """One event, as its leaf in the log has it. `by` is a role, or the kind of the actor where it has none."""

    leaf: int
    digest: str
    name: str
    at: datetime
    by: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Refused:
    """What somebody tried, and the code with which the rule of that room answered."""

    room: str
    code: str
    who: str


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A document that was issued or sent, as plain text by language; a notice to an operator bears no number."""

    kind: str
    reference: str
    text: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Scene:
    """`facts` are what was measured in it: counts, statuses, sums."""

    name: str
    at: datetime
    happened: Sequence[Happened]
    refused: Sequence[Refused]
    papers: Sequence[Paper]
    facts: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Recording:
    """`size` leaves have the signed `root`; `key` is the public key of the log that was made for the recording."""

    version: str
    size: int
    root: str
    key: str
    scenes: Sequence[Scene]

    def number_of(self, name: str) -> int:
        """Its place, from 1. Raises KeyError for a scene that there is none of."""
        for number, scene in enumerate(self.scenes, start=1):
            if scene.name == name:
                return number
        raise KeyError(name)


def log_bytes() -> bytes:
    """The export of the log, as `haetae verify-log --export` reads it."""
    return (_FOLDER / LOG).read_bytes()


@cache
def recording() -> Recording:
    """Read once a process."""
    story = json.loads((_FOLDER / "story.json").read_bytes())
    lines = [json.loads(line) for line in log_bytes().splitlines()]
    happened = {line["index"]: _happened(line, roles=story["roles"]) for line in lines[1:] if "index" in line}
    return Recording(
        version=story["version"],
        size=lines[0]["last"]["size"],
        root=lines[0]["last"]["root"],
        key=lines[0]["key"],
        scenes=[_scene(scene, happened) for scene in story["scenes"]],
    )


def _happened(line: Mapping[str, Any], *, roles: Mapping[str, str]) -> Happened:
    event = line["event"]
    return Happened(
        leaf=line["index"],
        digest=line["digest"],
        name=event["name"],
        at=datetime.fromisoformat(event["at"]),
        by=roles.get(event["actor_id"], event["actor_kind"]),
        facts=event["facts"],
    )


def _scene(scene: Mapping[str, Any], happened: Mapping[int, Happened]) -> Scene:
    return Scene(
        name=scene["name"],
        at=datetime.fromisoformat(scene["at"]),
        happened=[happened[leaf] for leaf in scene["leaves"]],
        refused=[Refused(**one) for one in scene["refused"]],
        papers=[
            Paper(kind=one["kind"], reference=one["reference"], text=one["text"]) for one in scene["papers"]
        ],
        facts=scene["facts"],
    )
