"""The log for outsiders, in words."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from haetae.audit.reasons import ExportReason

REASONS: Final[Mapping[ExportReason, Promise]] = {
    ExportReason.AUDIT: _("An audit by law or by order"),
    ExportReason.COURT: _("A court or a party asks for it"),
    ExportReason.DOUBT: _("Somebody doubts the record"),
    ExportReason.KEPT_OUTSIDE: _("To be kept outside, so that nobody can cut the log back"),
}
PROBLEMS: Final[Mapping[str, Promise]] = {
    "log_reason": _("Say why it is taken out: choose one of the four."),
    "log_heads": _("The log cannot begin there: choose another beginning from the list."),
    "log_empty": _("No head is signed yet: there is nothing to hand out."),
}
