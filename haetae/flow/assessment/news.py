"""Whether what is said of an examined place is news, so that it is worth another examination. Reads only."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

from haetae.common import clock
from haetae.detect.finding import ReasonCode
from haetae.detect.matching import Tier
from haetae.flow.assessment.models import Assessment
from haetae.flow.assessment.states import State
from haetae.flow.by_hand.queries import is_stormed
from haetae.flow.tasks.queries import was_ended_by_a_person

# A picture that could not be had may be there by now; a thousand reports within the hour still make one try more.
_TRIED_ANEW_AFTER: Final = timedelta(hours=1)


def is_report_news(latest: Assessment, *, for_depicted: bool) -> bool:
    """Somebody reports a place whose latest examination has ended, and nobody was asked to delete.

    Where somebody has said the same and nobody has judged it yet, one more who says so brings nothing new: a thousand
    reports of one place are one examination, and what waits since the first does not wait anew.
    """
    says_otherwise = not latest.reported or for_depicted != latest.for_depicted
    return says_otherwise or was_ended_by_a_person(latest.pk) or _may_end_otherwise(latest)


def _may_end_otherwise(latest: Assessment) -> bool:
    """It could not be seen then; or a storm held it back, which is over or was looked at."""
    if State(latest.state) is State.UNDETERMINED:
        return clock.now() - (latest.examined_at or latest.opened_at) >= _TRIED_ANEW_AFTER
    held_back = any(reason["code"] == ReasonCode.STORM for reason in latest.reasons)
    return held_back and not is_stormed([latest.sighting.page_url, latest.sighting.media_url])


def is_tier_news(tiers: Mapping[str, Tier], *, signals: Sequence[Mapping[str, Any]]) -> bool:
    """Whether one of these entries was not matched by that look, or carried less weight then."""
    then = {str(it["facts"].get("entry_id")): int(it["facts"].get("tier", 0)) for it in signals}
    return any(entry not in then or then[entry] < tier for entry, tier in tiers.items())
