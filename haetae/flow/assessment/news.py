"""Whether what is said of an examined place is news, so that it is worth another examination. Reads only."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

from haetae.common import clock
from haetae.detect.finding import ReasonCode
from haetae.detect.matching import Tier
from haetae.flow.assessment.models import Assessment
from haetae.flow.assessment.states import State
from haetae.flow.by_hand.queries import why_by_hand
from haetae.flow.tasks.queries import waiting_about, was_ended_so

# Another picture may lie there by now, or this one may be had; a thousand reports within the hour are one look.
_LOOKED_ANEW_AFTER: Final = timedelta(hours=1)
_BY_HAND: Final = frozenset({ReasonCode.STORM, ReasonCode.PUBLIC_INTEREST})


def is_report_news(latest: Assessment, *, for_depicted: bool) -> bool:
    """Somebody reports a place whose latest examination has ended, and nobody was asked to delete.

    Where somebody has said the same and nobody has judged it yet, one more who says so brings nothing new for an hour:
    a thousand reports of one place are one examination, and what waits since the first does not wait anew.
    """
    if was_ended_so(latest.pk, sighting_id=latest.sighting_id):
        return True
    if State(latest.state) is State.REQUEST:  # about to be asked for, unless people were called instead
        return bool(waiting_about([latest.sighting_id])) and not _is_held_back(latest)
    if not latest.reported or for_depicted != latest.for_depicted:
        return True
    if clock.now() - (latest.examined_at or latest.opened_at) >= _LOOKED_ANEW_AFTER:
        return True
    return any(reason["code"] in _BY_HAND for reason in latest.reasons) and not _is_held_back(latest)


def _is_held_back(latest: Assessment) -> bool:
    """Whether people decide there still: a storm that is not over, or a mark that has not ended."""
    return bool(why_by_hand([latest.sighting.page_url, latest.sighting.media_url], of_a_child=False))


def is_tier_news(tiers: Mapping[str, Tier], *, signals: Sequence[Mapping[str, Any]]) -> bool:
    """Whether one of these entries was not matched by that look, or carried less weight then."""
    then = {str(it["facts"].get("entry_id")): int(it["facts"].get("tier", 0)) for it in signals}
    return any(entry not in then or then[entry] < tier for entry, tier in tiers.items())
