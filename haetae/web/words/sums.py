"""Rows and columns of the sums, in words."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from haetae.common import clock
from haetae.web.words.agencies import agency_words
from haetae.web.words.reviews import BECAUSE
from haetae.web.words.sanctions import KINDS
from haetae.web.words.sanctions import mark as sanction_mark
from haetae.web.words.states import block_mark

_COLUMNS: Final[Mapping[str, Mapping[str, str | Promise]]] = {
    "requests": {
        "gone": _("seen gone"),
        "gone_late": _("seen gone, after a false claim"),
        "claim_false": _("said removed, still there"),
        "claimed": _("said removed, not seen yet"),
        "refused": _("refused"),
        "unsure": _("cannot tell"),
        "hidden": _("hidden, not removed"),
        "open": _("open, or ended otherwise"),
    },
    "people": {"under_19": _("under 19"), "adult": _("19 or older"), "unsaid": _("not said")},
    "reports": {
        "me": _("the person shown"),
        "in_my_care": _("for somebody in their care"),
        "somebody_else": _("somebody else"),
        "unsaid": _("not said"),
    },
    "reviews": {
        "day": _("under a day"),
        "week": _("1 to 7 days"),
        "month": _("7 to 30 days"),
        "longer": _("over 30 days"),
    },
    "blocks": {"blocks": _("blocks")},
    "platforms": {
        "answered": _("answered by the platform"),
        "partly": _("answered in part"),
        "refused": _("refused by the platform"),
        "no_answer": _("no answer"),
        "waiting": _("not answered yet"),
    },
    "orders": {"orders": _("orders")},
    "sanctions": KINDS,
    "referrals": {
        "sent": _("not answered yet"),
        "overdue": _("not answered in time"),
        "accepted": _("accepted"),
        "returned": _("returned"),
        "called_back": _("called back"),
    },
}
_ORDERS: Final[Mapping[str, str | Promise]] = {
    "draft": _("drafted"),
    "prior_opinion": _("the operator is heard"),
    "issued": _("signed"),
    "complied": _("followed"),
    "not_complied": _("not followed"),
    "moot": _("decided otherwise since"),
    "dropped": _("dropped"),
}
_SIDES: Final[Mapping[str, str | Promise]] = {
    "lawyer": _("a lawyer"),
    "regional_centre": _("a regional centre"),
}


def column_words(table: str, column: str) -> str:
    """A key that has no words is shown as it is."""
    known = _COLUMNS["requests" if table == "by_operator" else table]
    return str(known.get(column, column))


def row_words(table: str, row: str) -> str:
    """Months and names of operators stand as they are."""
    if table == "by_operator" and row == "others":
        return str(_("operators with few requests, and places without one"))
    if table == "platforms" and row == "others":
        return str(_("platforms with few requests"))
    if table == "reviews":
        return str(BECAUSE.get(row, row))
    if table == "blocks":
        return block_mark(row).words
    if table == "sanctions":
        return sanction_mark(row).words
    if table == "orders":
        return str(_ORDERS.get(row, row))
    if table == "referrals":
        sender, _arrow, receiver = row.partition(">")
        return f"{_side(sender)} → {_side(receiver)}"
    return row


def _side(key: str) -> str:
    return str(_SIDES[key]) if key in _SIDES else agency_words(key, at=clock.now())
