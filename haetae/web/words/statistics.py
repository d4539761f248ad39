"""Why a month cannot be published, and why one is published again, in words for the official."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from haetae.agencies.statistics.rules import Reason

REASONS: Final[Mapping[Reason, str | Promise]] = {
    Reason.COUNTED_WRONG: _("It had been counted wrongly"),
    Reason.OPERATOR_CORRECTED: _("Places were booked to another operator or way"),
    Reason.RECORD_COMPLETED: _("Something of that month reached the record later"),
}
REFUSALS: Final[Mapping[str, str | Promise]] = {
    "month_unreadable": _("That is no month. It reads year and month, as 2026-10."),
    "month_not_over": _(
        "This month is not over yet where the officials are. It can be published after its last day."
    ),
    "month_published_already": _("It is published already. A correction needs a reason: choose one below."),
    "month_not_published_yet": _(
        "It was never published, so nothing can be corrected. Publish it without a reason."
    ),
    "nothing_changed": _("Nothing in it is different from what is published. There is nothing to correct."),
    "draft_has_changed": _(
        "The record has changed since you opened this page. Read the new numbers, then publish."
    ),
    "reason_unknown": _("Choose one of the reasons that are listed."),
}


def refusal_words(code: str) -> str:
    return str(REFUSALS.get(code, code))
