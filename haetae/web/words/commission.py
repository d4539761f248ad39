"""The commission and its vote, in words."""

from collections.abc import Mapping
from typing import Final

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from haetae.flow.hearings.states import Party, Unheard
from haetae.flow.hearings.states import State as Hearing
from haetae.flow.review.commission.rules import Bias, Standing, Tally
from haetae.flow.review.statement import Heard

_BIASES: Final[Mapping[str, str | Promise]] = {
    Bias.PARTY: gettext_lazy("I, or somebody close to me, am in it or posted it"),
    Bias.OPERATOR: gettext_lazy("I work or worked for the operator, or own a share of it"),
    Bias.EARLIER: gettext_lazy("I have dealt with it in another office"),
    Bias.OTHER: gettext_lazy("people would not believe that I am impartial"),
}
_HEARINGS: Final[Mapping[str, str | Promise]] = {
    "not_heard": gettext_lazy("nobody heard yet"),
    "hearing_runs": gettext_lazy("waits for what the operator or the poster says"),
}
_PARTIES: Final[Mapping[str, str | Promise]] = {
    Party.OPERATOR: gettext_lazy("Operator heard"),
    Party.POSTER: gettext_lazy("Poster heard"),
}
_HEARD: Final[Mapping[str, str | Promise]] = {
    Hearing.ASKED: gettext_lazy("asked, no answer yet"),
    Hearing.HEARD: gettext_lazy("yes"),
    Hearing.WAIVED: gettext_lazy("had nothing to say"),
    Hearing.SILENT: gettext_lazy("was asked and said nothing"),
}
_UNHEARD: Final[Mapping[str, str | Promise]] = {
    Unheard.URGENT: gettext_lazy("left out, as the law allows: urgent"),
    Unheard.DIFFICULT: gettext_lazy("left out, as the law allows: clearly cannot be done"),
    Unheard.UNNECESSARY: gettext_lazy("left out, as the law allows: clearly not needed"),
}


def bias_words(bias: str) -> str:
    return str(_BIASES.get(bias, bias))


def hearing_words(why_not: str | None) -> str:
    """What stands against an act, in a few words; empty where nothing does."""
    return str(_HEARINGS.get(why_not, why_not)) if why_not else ""


def heard_words(heard: Heard) -> tuple[str, str]:
    """One party, and how it was heard."""
    left_out = heard.exception if heard.state is Hearing.LEFT_OUT else None
    how = _UNHEARD[left_out] if left_out else _HEARD.get(heard.state, str(heard.state))
    return str(_PARTIES[heard.party]), str(how)


def quorum_words(standing: Standing) -> str:
    numbers = {"seated": standing.seated, "seats": standing.seats, "needed": standing.needed}
    if standing.has_quorum:
        return _("%(seated)s of %(seats)s seats are filled, and %(needed)s members must agree.") % numbers
    if standing.without_since is None:
        return (
            _("No quorum: %(seated)s of %(seats)s seats are filled, and %(needed)s members must agree.")
            % numbers
        )
    since = {"since": date_format(standing.without_since)}
    return _(
        "No quorum since %(since)s: %(seated)s of %(seats)s seats are filled, and %(needed)s members must agree."
    ) % (numbers | since)


def vote_count(tally: Tally, *, needed: int) -> str:
    """How many have voted, and never for what."""
    return _("%(cast)s voted, %(needed)s must agree") % {"cast": tally.cast, "needed": needed}


def vote_words(tally: Tally, *, needed: int, recused: int) -> str:
    said = _("%(cast)s have voted, %(left)s may still vote, %(needed)s must agree.") % {
        "cast": tally.cast,
        "left": tally.left,
        "needed": needed,
    }
    return f"{said} {_('%(count)s take no part.') % {'count': recused}}" if recused else said
