"""The operators of the measurement and how each behaves, and what is asked of whom at which moment. Pure."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bench.operator_stage.manners import Manner

ELSEWHERE: Final = "elsewhere"  # where a redirect points to; nothing may ever come there
_WELL: Final = 10
_ILL: Final = 10


@dataclass(frozen=True, kw_only=True)
class Part:
    """One operator. `may_be_reached`: every request has to come to it in the end, and to be acknowledged."""

    name: str
    manner: Manner = Manner.TAKES
    fails_first: int | None = None
    listens: bool = True
    speaks_tls: bool = False
    is_well: bool = False
    may_be_reached: bool = False


class Cast(StrEnum):
    """In which way those misbehave that do."""

    MIXED = "mixed"  # each in its own way
    SLOW = "slow"  # all of them keep us waiting for as long as we let them


def parts(cast: Cast, *, stumbles: int = 3) -> list[Part]:
    """Twenty of them: ten behave, ten misbehave. One fails so many times and then takes everything."""
    well = [Part(name=f"well-{number}", is_well=True, may_be_reached=True) for number in range(_WELL)]
    if cast is Cast.SLOW:
        return [*well, *(Part(name=f"drips-{number}", manner=Manner.DRIPS) for number in range(_ILL))]
    return [
        *well,
        Part(name="down", manner=Manner.DOWN),
        Part(name="busy", manner=Manner.BUSY),
        Part(name="leads-away", manner=Manner.LEADS_AWAY),
        Part(name="drips", manner=Manner.DRIPS),
        Part(name="loses-the-reply", manner=Manner.LOSES_THE_REPLY),
        Part(name="gone", manner=Manner.GONE),
        Part(name="wrong-certificate", speaks_tls=True),
        Part(name="refuses-connections", listens=False),
        Part(name="garbage", manner=Manner.GARBAGE, may_be_reached=True),
        Part(name="stumbles", manner=Manner.DOWN, fails_first=stumbles, may_be_reached=True),
    ]


@dataclass(frozen=True, kw_only=True)
class Turn:
    """One request. `part` is the operator's place in `parts`, where those that behave come first."""

    at_s: float
    part: int


def turns(*, requests: int, per_second: float, seed: int) -> list[Turn]:
    """As many for each operator, in a drawn order, each at a drawn moment within its own slot."""
    draw = random.Random(seed)  # noqa: S311 - repeatable on purpose
    whom = [number % (_WELL + _ILL) for number in range(requests)]
    draw.shuffle(whom)
    return [Turn(at_s=(slot + draw.random()) / per_second, part=part) for slot, part in enumerate(whom)]


def only_the_well(planned: Sequence[Turn]) -> list[Turn]:
    """The same requests to those who behave, at the same moments, and none to the others."""
    return [turn for turn in planned if turn.part < _WELL]
