"""What files share, in words. The same words for every file: nobody learns from them what is done in the other one."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from haetae.agencies.investigation.linking.rules import LONGEST, WATERMARK_SHORTEST
from haetae.agencies.investigation.linking.states import By, Kind
from haetae.agencies.statistics.hiding import FEWEST
from haetae.web.words.designation import problem_words
from haetae.web.words.investigations import investigation_refusal

KINDS: Final[Mapping[Kind, str | Promise]] = {
    Kind.ACCOUNT: _("account"),
    Kind.CHANNEL: _("open channel"),
    Kind.WATERMARK: _("watermark"),
}
BY: Final[Mapping[By, str | Promise]] = {
    By.PICTURE: _("the same picture"),
    By.ACCOUNT: _("the same account"),
    By.CHANNEL: _("the same open channel"),
    By.WATERMARK: _("the same watermark"),
}
_WHY_NOT: Final[Mapping[str, str | Promise]] = {
    "place_unknown": _(
        "Nothing was sighted under this number or address. Copy the whole address, or have the link reported first."
    ),
    "place_here_already": _("It belongs to this file already."),
    "identifier_kind": _("Choose whether it is an account or a watermark."),
    "identifier_text": _("Write what it is called, in 1 to %(most)s characters on one line."),
    "identifier_service": _("Say of which service the account is: the same name elsewhere is somebody else."),
    "identifier_link": _("Write the whole invitation, beginning with https://."),
    "identifier_short": _("A watermark needs %(least)s characters: fewer stand in pictures of anybody."),
    "channel_operator": _("Choose the operator of the channel. If it is not there, it has to be registered first."),
    "link_unknown": _("It is not in this file."),
}  # fmt: skip


def linking_refusal(code: str) -> str:
    """Why something was not taken; an unknown code as it is."""
    words = _WHY_NOT.get(code)
    if words is not None:
        return str(words) % {"most": LONGEST, "least": WATERMARK_SHORTEST}
    return problem_words(code) if code.startswith("channel_") else investigation_refusal(code)


def people_words(count: int) -> str:
    """How many people stand behind one picture: never so exactly that one of them could be found by it."""
    if count == 0:
        return now("in nobody's case at the support centre")
    if count < FEWEST:
        return now("in cases at the support centre: fewer than %(fewest)s") % {"fewest": FEWEST}
    return now("in cases at the support centre: %(count)s") % {"count": count}
