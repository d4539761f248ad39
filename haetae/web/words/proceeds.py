"""Proceeds in words: what they are, how they stand, and why something was not taken."""

from collections.abc import Mapping
from typing import Final

from django.conf import settings
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from haetae.agencies.investigation.proceeds.rules import (
    WHAT_LONGEST,
    WHAT_SHORTEST,
    WHY_LONGEST,
    WHY_SHORTEST,
)
from haetae.agencies.investigation.proceeds.states import Form, State
from haetae.law.packs import load_pack
from haetae.web.words.investigations import investigation_refusal
from haetae.web.words.language import in_korean

FORMS: Final[Mapping[Form, str | Promise]] = {
    Form.MONEY: _("money, in cash or on an account"),
    Form.CRYPTO: _("virtual assets"),
    Form.CREDIT: _("points or gifts of a service"),
    Form.THING: _("a thing that was bought with it"),
    Form.OTHER: _("something of another kind"),
}
# Tone, shape, words.
STATES: Final[Mapping[State, tuple[str, str, str | Promise]]] = {
    State.TRACED: ("people", "◆", _("traced; not proposed")),
    State.PROPOSED: ("people", "◆", _("proposed; the prosecutor decides")),
    State.ADOPTED: ("good", "✓", _("the prosecutor asks the court for it")),
    State.DECLINED: ("quiet", "–", _("the prosecutor does not ask for it")),
    State.WITHDRAWN: ("quiet", "–", _("withdrawn by the officers")),
}
_WHY_NOT: Final[Mapping[str, str | Promise]] = {
    "proceeds_form": _("Choose what it is."),
    "proceeds_what": _("Say what it is, in %(what_least)s to %(what_most)s characters."),
    "proceeds_where": _("Say where it lies and who holds it."),
    "proceeds_sum": _("The sum is a whole number of won. Leave it empty if nobody knows it yet."),
    "proceeds_day": _("Give the day of the deed, today at the latest. It decides which law holds."),
    "proceeds_offence": _("Choose the offence that it comes from."),
    "proceeds_not_traced": _("It does not wait to be proposed."),
    "proceeds_decided": _("The prosecutor has decided about it. It cannot be withdrawn any more."),
    "proceeds_reason": _("Say why, in %(why_least)s to %(why_most)s characters."),
    "proceeds_own": _("You have worked on this yourself, or on its file. Another prosecutor decides about it."),
    "proceeds_not_proposed": _("It does not lie before the prosecutor, or it is decided already."),
    "proceeds_outcome": _("Choose whether the court is asked for it."),
    "confiscation_before": _(
        "%(article)s reaches deeds on or after %(day)s alone, never earlier ones. It stays traced, and is not proposed."
    ),
    "confiscation_other_offence": _(
        "%(article)s does not reach this offence. Whether another law does was not read: ask the prosecutor."
    ),
}  # fmt: skip


def proceeds_refusal(code: str) -> str:
    """Why something was not taken; an unknown code as it is."""
    words = _WHY_NOT.get(code)
    if words is None:
        return investigation_refusal(code)
    law = load_pack(settings.JURISDICTION).confiscation
    article = law.source.cite_ko(law.article) if in_korean() else law.source.cite_en(law.article)
    return str(words) % {
        "what_least": WHAT_SHORTEST,
        "what_most": f"{WHAT_LONGEST:,}",
        "why_least": WHY_SHORTEST,
        "why_most": f"{WHY_LONGEST:,}",
        "article": article,
        "day": date_format(law.valid_from, "DATE_FORMAT") if law.valid_from else "",
    }
