"""What whoever posted something reads about their objection, and what officials read of it.

Every sentence is the same whatever stands behind a request: it must not be readable from it who reported, whether
anybody did, how old the person shown is, or why a decision went as it did.
"""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from haetae.flow.removal.states import State as Request
from haetae.flow.review.states import Block
from haetae.operators.appeals.rules import (
    LONGEST_STATEMENT,
    MOST_CHANGES,
    SHORTEST_STATEMENT,
    By,
    Ground,
    Why,
)
from haetae.operators.appeals.states import State

GROUNDS: Final[Mapping[Ground, str | Promise]] = {
    Ground.CONSENT: _("The person shown agreed, and I can prove it"),
    Ground.MISTAKEN: _("It shows somebody or something else"),
    Ground.LAWFUL: _("It is allowed: news, satire, teaching, or a picture of myself"),
    Ground.OTHER: _("Another reason"),
}
# The same for whoever decides.
GROUNDS_SAID: Final[Mapping[Ground, str | Promise]] = {
    Ground.CONSENT: _("says that the person shown agreed, and that it can be proven"),
    Ground.MISTAKEN: _("says that it shows somebody or something else"),
    Ground.LAWFUL: _("says that it is lawful: news, satire, teaching, the poster's own picture"),
    Ground.OTHER: _("gives another reason"),
}
BROUGHT_BY: Final[Mapping[By, str | Promise]] = {
    By.POSTER: _("sent by whoever posted it"),
    By.OPERATOR: _("passed on by the operator"),
}
STATES: Final[Mapping[State, str | Promise]] = {
    State.FILED: _("received"),
    State.UNDER_REVIEW: _("in review"),
    State.UPHELD: _("upheld: it may be shown"),
    State.REJECTED: _("rejected: what was done stands"),
    State.WITHDRAWN: _("taken back"),
    State.MOOT: _("not needed: it may be shown already"),
}
_DELETED: Final = _("%(site)s deleted your post.")
_HIDDEN: Final = _("%(site)s hides your post.")
_HIDDEN_FOR_NOW: Final = _("%(site)s hides your post until it is decided.")
_RESTORING: Final[Mapping[str, str | Promise]] = {
    Block.LIFTING: _("We asked %(site)s to show it again."),
    Block.LIFT_CLAIMED: _("%(site)s says that it is shown again. We are looking whether that is true."),
    Block.RESTORED: _("It is shown again: we looked twice."),
    Block.NOT_BACK: _("It is not back yet. People are looking into it."),
    Block.KEPT: _("It stays hidden for another reason, which we may not tell."),
}
_GONE_FOR_GOOD: Final = _("%(site)s says that it was deleted for good and cannot be put back. We are sorry.")
_WHY: Final[Mapping[Why, str | Promise]] = {
    Why.NOTHING_DONE: _("Nothing was done with your post, so there is nothing to object to."),
    Why.MAY_STAY: _("It was decided already that your post may be shown."),
    Why.OVER: _("The time for an objection is over."),
    Why.HEARD: _("It was decided after you were heard. A second objection is not taken here."),
    Why.FILED_ALREADY: _("There is an objection already. You can change it below."),
    Why.DECIDED: _("It is decided, so nothing can be changed any more."),
    Why.STATEMENT_LENGTH: _("Write %(least)s to %(most)s characters."),
    Why.TOO_MANY: _("It was changed %(changes)s times. What stands there now is what counts."),
}


_AT_THE_DESK: Final[Mapping[str, str | Promise]] = {
    Why.NOTHING_DONE: _("Nothing was done with the post, so there is nothing to object to."),
    Why.MAY_STAY: _("It was decided that the post may be shown."),
    Why.OVER: _("The term for an objection is over."),
    Why.HEARD: _("It was decided after whoever posted it was heard."),
    Why.FILED_ALREADY: _("There is an objection to this request already."),
    Why.STATEMENT_LENGTH: _("The objection needs %(least)s to %(most)s characters."),
    "no_ground": _("Choose what they say."),
}


def desk_words(why: str) -> str:
    """Why an objection is not taken, as an operator's people read it."""
    numbers = {"least": f"{SHORTEST_STATEMENT}", "most": f"{LONGEST_STATEMENT:,}"}
    return str(_AT_THE_DESK.get(why, why)) % numbers


def ground_said(ground: str) -> str:
    """What the poster says, for whoever decides."""
    return str(GROUNDS_SAID.get(Ground(ground), ground))


def brought_words(by: str) -> str:
    return str(BROUGHT_BY.get(By(by), by))


def state_words(state: str) -> str:
    """How an objection stands, for officials and operators."""
    return str(STATES.get(State(state), state))


def done_words(request: str, *, block: str, site: str) -> str:
    """What was done with the post. `block` is the state of a block that has not ended, or empty."""
    if request == Request.ACCESS_BLOCKED or block == Block.LASTING:
        words = _HIDDEN
    elif block in {Block.CLAIMED, Block.HIDDEN, Block.KEPT}:
        words = _HIDDEN_FOR_NOW
    else:
        words = _DELETED
    return str(words) % {"site": site}


def restoring_words(block: str, *, site: str, gone_for_good: bool) -> str:
    """How far it is with showing it again; empty where nothing was hidden."""
    words = _GONE_FOR_GOOD if gone_for_good else _RESTORING.get(block, "")
    return str(words) % {"site": site} if words else ""


def why_words(why: Why) -> str:
    """Why an objection, or a change of one, is not taken."""
    numbers = {
        "least": SHORTEST_STATEMENT,
        "most": f"{LONGEST_STATEMENT:,}",
        "changes": MOST_CHANGES,
    }
    return str(_WHY[why]) % numbers
