"""What a scene needs besides its recording: who acts towards whom, and what is told of it in plain words."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

Words = str | Promise


@dataclass(frozen=True, kw_only=True)
class Told:
    """`name` is that of the recorded scene. `who` and `to` are roles or kinds of actors.

    `law` names what the pack says: `step:PROCEDURE.STEP`, `rule:ID`, `power:GROUND` or `undercover:ID`, each with its
    own words there.
    """

    name: str
    who: str
    to: str
    law: Sequence[str]
    title: Words
    told: Words
    sees: Words


@dataclass(frozen=True, kw_only=True)
class Chapter:
    name: str
    title: Words
    scenes: Sequence[Told]
