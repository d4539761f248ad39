"""Looking at a picture, once, in memory, through the isolated openers."""

from datetime import timedelta
from uuid import UUID

from procrastinate.contrib.django import app

from haetae.common import clock
from haetae.common.jobs import AFTER_A_FAULT
from haetae.connectors import connector_for
from haetae.connectors.base import ConnectorError, Locator, UnreachableError
from haetae.detect.alike import as_asked
from haetae.detect.examination import examine as examine_bytes
from haetae.detect.matching import Bank
from haetae.flow.asked_models import models
from haetae.flow.assessment import actions, queries
from haetae.flow.assessment.states import State
from haetae.flow.openers import openers
from haetae.hashbank.current import CurrentBank
from haetae.hashbank.queries import entries_since, tier_of

_bank = CurrentBank()
# A picture is passed on most in its first weeks; later it is found when somebody passes it on anew.
REMEMBERED = timedelta(days=30)
# These may say nothing about the file (the system took the opener's memory or life), so it is looked at again.
_OUR_OWN_FAILURES = {"no_opener", "crashed"}
# A file that breaks each of so many openers is to blame itself; a person is told, and nobody opens it any more.
_OPENERS_BROKEN_MOST = 3


@app.task(name="haetae.assessment.examine", priority=2, retry=AFTER_A_FAULT)
def examine(assessment_id: str) -> None:
    """Fetch, open, hash, match, decide. The bytes are dropped when this returns. What was decided already is left."""
    assessment = queries.get_assessment(UUID(assessment_id))
    if State(assessment.state) is not State.OPEN:
        return
    sighting = assessment.sighting
    locator = Locator(page_url=sighting.page_url, media_url=sighting.media_url)
    try:
        data = connector_for(sighting.operator).read_media(locator)
    except ConnectorError as failure:
        again = isinstance(failure, UnreachableError) or sighting.may_come_later
        actions.not_readable(assessment_id=assessment.pk, why=failure.code, again=again)
        return
    bank, bank_version = _bank.look()
    finding = examine_bytes(data, bank=bank, openers=openers(), reported=assessment.reported, models=models())
    ours = next(
        (why for signal in finding.signals if (why := signal.facts.get("why")) in _OUR_OWN_FAILURES), None
    )
    if ours is not None:
        again = ours != "crashed" or assessment.tries + 1 < _OPENERS_BROKEN_MOST
        actions.not_readable(assessment_id=assessment.pk, why=str(ours), again=again)
        return
    actions.examined(
        assessment_id=assessment.pk,
        finding=finding,
        bank_version=bank_version,
        looked_as_reported=assessment.reported,
    )


@app.task(name="haetae.assessment.look_back", priority=-5, retry=AFTER_A_FAULT)
def look_back(version: int) -> None:
    """What has become known since this version of the bank is held against what was left alone before."""
    bank = Bank(entries_since(version))
    for assessment_id, fingerprints in queries.left_alone(since=clock.now() - REMEMBERED):
        asked = as_asked(fingerprints)
        matches = bank.match(asked) if asked else ()
        if matches:
            tiers = {match.entry.entry_id: match.entry.tier for match in matches}
            actions.known_since(assessment_id=assessment_id, tiers=tiers)


@app.task(name="haetae.assessment.judge_again", priority=1, retry=AFTER_A_FAULT)
def judge_again(entry_id: str) -> None:
    """A known picture carries more weight by now: wherever it was matched and left alone, it is examined anew."""
    tier = tier_of(UUID(entry_id))
    if tier is None:
        return
    for assessment_id in queries.left_alone_as(UUID(entry_id)):
        actions.known_since(assessment_id=assessment_id, tiers={entry_id: tier})
