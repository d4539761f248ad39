"""Each week's harmless pictures, through the same openers, hashes, lists, models and rules as everything else."""

import secrets
from collections import Counter

from procrastinate.contrib.django import app

from haetae.agencies.canaries import actions, queries
from haetae.agencies.canaries.pictures import landscapes
from haetae.agencies.canaries.rules import TRIED, is_due
from haetae.common import clock
from haetae.detect.examination import examine
from haetae.detect.finding import Verdict
from haetae.flow.asked_models import models
from haetae.flow.openers import openers
from haetae.hashbank.current import CurrentBank

_bank = CurrentBank()


@app.periodic(cron="*/20 * * * *")
@app.task(name="haetae.canaries.fly", queue="watch", lock="canaries", queueing_lock="canaries", priority=-8)
def fly(timestamp: int) -> None:
    """Asks every twenty minutes whether a week is over: whoever was down over it does it when back."""
    del timestamp
    newest, now = queries.newest(), clock.now()
    if not is_due(newest_at=newest.at if newest else None, now=now):
        return
    bank, bank_version = _bank.look()
    # Nobody can know beforehand which pictures come, and so nobody can make them known or harmless.
    seed = secrets.token_hex(16)
    verdicts: Counter[Verdict] = Counter()
    for picture in landscapes(seed, count=TRIED):
        found = examine(picture, bank=bank, openers=openers(), models=models())
        verdicts[found.verdict] += 1
    actions.counted(seed=seed, verdicts=verdicts, bank_version=bank_version, at=now)
