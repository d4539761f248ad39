"""The record of what happened, in words."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from haetae.web.words.codes import code_words

_EVENTS: Final[Mapping[str, str | Promise]] = {
    "arrival.found": _("Found"),
    "arrival.report_joined": _("Joined with a report"),
    "assessment.opened": _("Examination begins"),
    "assessment.request": _("Verdict: deletion is asked"),
    "assessment.review": _("Verdict: a person decides"),
    "assessment.nothing": _("Verdict: no lead"),
    "assessment.undetermined": _("Verdict: could not be judged"),
    "removal.requested": _("Deletion request prepared"),
    "delivery.attempt_failed": _("The operator could not be reached"),
    "removal.sent": _("The operator has the request"),
    "removal.claimed": _("The operator says that it is removed"),
    "removal.refused": _("The operator refuses"),
    "removal.unsure": _("The operator cannot tell"),
    "removal.verified": _("Removal verified by our own eyes"),
    "removal.claim_false": _("The claim is false: it is still there"),
    "removal.overdue": _("Overdue: people take over"),
    "removal.undeliverable": _("The request cannot be delivered"),
    "removal.reappeared": _("It is back at the same place"),
    "verification.planned": _("Looks planned"),
    "verification.gone_once": _("Looked: gone, to be confirmed"),
    "verification.gone": _("Looked again: gone"),
    "verification.live": _("Looked: still there"),
    "verification.unknown": _("Looked: cannot tell"),
}


def event_words(name: str) -> str:
    return str(_EVENTS.get(name, name))


def facts_words(facts: Mapping[str, Any]) -> str:
    """The facts that a person can use; ids and flags stay in the record."""
    parts = []
    if "page" in facts and "media" in facts:
        seen = {"page": code_words(str(facts["page"])), "media": code_words(str(facts["media"]))}
        parts.append(now("page: %(page)s · media: %(media)s") % seen)
    parts += [code_words(str(facts[key])) for key in ("code", "reason") if facts.get(key)]
    if facts.get("attempt"):
        parts.append(now("attempt %(number)s") % {"number": facts["attempt"]})
    return " · ".join(parts)
