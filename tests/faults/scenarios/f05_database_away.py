"""F5: the database ends in order, at once and by force, and is away for half a minute."""

from dataclasses import replace
from typing import Final

from tests.faults.house import house, kills_of, one, victim
from tests.faults.scenario import Outcome, Stage

SAYS: Final = "the database ends in order, at once and by force, and stays away"
_AWAY_S: Final = 8.0  # in the short form, which plays all of it as one series


def play(stage: Stage) -> Outcome:
    here = house(stage)
    from tests.faults.summary import outcome_of
    from tests.faults.victims import Blow

    ends, away = victim(stage, "database"), victim(stage, "outage")
    if stage.full:
        results = [one(stage, ends, kills=kills_of(stage, short=0)), one(stage, away, kills=1)]
    else:
        blows = (*ends.blows[:2], Blow(away.blows[0].by, _AWAY_S))
        results = [one(stage, replace(ends, blows=blows, pause_s=1.0), kills=len(blows))]
    return outcome_of(results, home=here.installation.home)
