"""The installation, the load and the series, one victim after the other."""

from django.db import connection

from haetae.audit.actor import SYSTEM
from haetae.detect.matching import Tier
from haetae.hashbank.actions import add_known_picture
from haetae.running.demonstration import register_sandbox
from haetae.running.installation import Installation
from haetae.running.whole import Whole, everything
from haetae.story.pictures import known_original, photo
from tests.faults.load import Load
from tests.faults.readings import Platform, kept, number_of
from tests.faults.say import say
from tests.faults.series import Result, run_series
from tests.faults.telling import details
from tests.faults.victims import Victim, kept_away, victims

_FULL_FORM = 10  # kills for each victim; with fewer the long outage is left out


def play(installation: Installation, *, points: int, seed: int, only: set[str]) -> list[Result]:
    picture, results = _known_picture(), []
    with everything(installation, web_port=0, platform_port=0) as whole:
        try:
            register_sandbox(origin=whole.platform_origin)
            for place, victim in enumerate(victims(whole=whole, installation=installation)):
                left_out = bool(victim.away_s) and points < _FULL_FORM
                if victim.name in only or not (only or left_out):
                    load = _load(whole, victim, picture, seed=seed + 100 * place)
                    kills = 1 if victim.away_s else points
                    results.append(_one(whole, installation, victim, load, points=kills))
        finally:
            connection.close()
        say(f"started again by the supervisor: {whole.supervisor.restarts()}")
    return results


def _load(whole: Whole, victim: Victim, picture: bytes, *, seed: int) -> Load:
    return Load(
        web_origin=whole.web_origin,
        platform_origin=whole.platform_origin,
        picture=picture,
        seed=seed,
        pause_s=victim.reporters_pause_s,
        number_of=number_of,
    )


def _one(whole: Whole, installation: Installation, victim: Victim, load: Load, *, points: int) -> Result:
    say(f"{victim.name} ...")
    platform = Platform(whole=whole, folder=installation.home / "sandbox-platform")
    platform.set_delay(victim.platform_delay_s)
    result = run_series(
        victim=victim,
        points=points,
        load=load,
        kept=kept,
        seen=platform.seen,
        away=lambda: kept_away(installation, for_s=victim.away_s),
    )
    for line in details(result):
        say(line)
    return result


def _known_picture() -> bytes:
    """Make one photograph known; returns a copy of it as others pass it on."""
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
