"""A whole haetae with a foreign platform beside it, for those scenarios that kill its processes one after the other."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from tests import tables
from tests.faults.scenario import Outcome, Stage

if TYPE_CHECKING:
    from haetae.running.installation import Installation
    from haetae.running.whole import Whole
    from tests.faults.readings import Platform
    from tests.faults.series import Killing, Result
    from tests.faults.victims import Victim

_KILLS: Final = 20


@dataclass(frozen=True, kw_only=True)
class House:
    """`picture` is a copy of a known picture, as others pass it on."""

    whole: "Whole"
    installation: "Installation"
    platform: "Platform"
    picture: bytes


def house(stage: Stage) -> House:
    """Started when the first scenario of this process asks for it; it stays until the last one has been played."""
    return _entered(stage.stays)


def victim(stage: Stage, name: str) -> "Victim":
    here = house(stage)
    from tests.faults.victims import victims

    known = victims(whole=here.whole, installation=here.installation)
    return next(one for one in known if one.name == name)


def outcome(stage: Stage, *series: tuple[str, int]) -> Outcome:
    """Play a series for each victim of these names, so many kills in the short form; 0: only in the full one."""
    here = house(stage)
    from tests.faults.summary import outcome_of

    results = [
        one(stage, victim(stage, name), kills=kills_of(stage, short=kills))
        for name, kills in series
        if stage.full or kills
    ]
    return outcome_of(results, home=here.installation.home)


def kills_of(stage: Stage, *, short: int) -> int:
    return _KILLS if stage.full else short


def one(stage: Stage, whom: "Victim", *, kills: int, killing: "Killing | None" = None) -> "Result":
    """One series: the load, the kills, and the books once it is quiet again."""
    here = house(stage)
    from tests.faults.load import Load
    from tests.faults.readings import kept, number_of
    from tests.faults.series import run_series
    from tests.faults.victims import kept_away

    here.platform.set_delay(whom.platform_delay_s)
    load = Load(
        web_origin=here.whole.web_origin,
        platform_origin=here.whole.platform_origin,
        picture=here.picture,
        seed=stage.chance.randrange(1_000_000),
        pause_s=whom.reporters_pause_s,
        number_of=number_of,
    )
    return run_series(
        victim=whom,
        points=kills,
        load=load,
        kept=kept,
        seen=here.platform.seen,
        away=lambda for_s: kept_away(here.installation, for_s=for_s),
        killing=killing,
    )


@cache
def _entered(stays: object) -> House:
    entered: House = stays.enter_context(_running())  # type: ignore[attr-defined]
    return entered


@contextmanager
def _running() -> Iterator[House]:
    from haetae.running import installation

    told = installation.environment()
    tables.lay(told.HAETAE_HOME / "postgres")
    with installation.opened() as here:
        installation.django_ready(here)
        from django.db import connection

        from haetae.running.demonstration import register_sandbox
        from haetae.running.whole import everything
        from tests.faults.readings import Platform

        picture = _known_picture()
        with everything(here, web_port=0, platform_port=0) as whole:
            try:
                register_sandbox(origin=whole.platform_origin)
                platform = Platform(whole=whole, folder=here.home / "sandbox-platform")
                yield House(whole=whole, installation=here, platform=platform, picture=picture)
            finally:
                connection.close()


def _known_picture() -> bytes:
    """Make one photograph known; returns a copy of it as others pass it on."""
    from haetae.audit.actor import SYSTEM
    from haetae.detect.matching import Tier
    from haetae.hashbank.actions import add_known_picture
    from haetae.story.pictures import known_original, photo

    original = known_original(photo("coffee"), share=0.7)
    whole = original.fingerprints.perceptual[0]
    add_known_picture(
        list_name="faults",
        tier=Tier.COUNSELLOR_CHECKED,
        sha256=original.fingerprints.sha256,
        pdq=whole.pdq,
        dhash=whole.dhash,
        actor=SYSTEM,
    )
    return original.copy
