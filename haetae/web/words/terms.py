"""Why a block goes on beyond its term, in words."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from haetae.flow.review.block.term.states import Why

WHYS: Final[Mapping[Why, str | Promise]] = {
    Why.NO_QUORUM: _("nobody can decide: there is no quorum"),
    Why.DECISION_NEAR: _("the decision is near"),
    Why.MINOR: _("a minor is shown, or may be"),
    Why.SAFETY: _("somebody would be in danger"),
    Why.NEW_EVIDENCE: _("something new has to be looked at"),
}


def why_extended(why: str) -> str:
    return str(WHYS[Why(why)]) if why in set(Why) else why
