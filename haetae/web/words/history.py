"""What happened at one place, as the person whose case it is reads it."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from haetae.web.words import remedies

_HAPPENED: Final[Mapping[str, str | Promise]] = {
    "arrival.found": _("We found it."),
    "removal.requested": _("We decided to ask the site to delete it."),
    "removal.sent": _("The site has our request."),
    "removal.claimed": _("The site said that it is deleted."),
    "removal.refused": _("The site said no."),
    "removal.unsure": _("The site said that it is not sure."),
    "removal.verified": _("We looked twice: it is gone."),
    "removal.claim_false": _("We looked twice: it is still there, although the site said otherwise."),
    "removal.overdue": _("It took too long: people took it over."),
    "removal.undeliverable": _("We found no way to ask this site."),
    "removal.reappeared": _("We looked twice: it is back."),
    "removal.access_blocked": _("The site said that nobody can open it any more."),
    "removal.not_harmful": _("People decided that it may stay."),
    "review.opened": _("People began to decide about it."),
    "appeals.filed": _("Somebody objected. People look at it again."),
    "appeals.rejected": _("People decided: it stays as it is, and is not shown again."),
    "appeals.withdrawn": _("The objection was taken back."),
    "review.block_seen": _("We looked twice: it is hidden."),
    "review.block_extended": _("It stays hidden longer, because nobody has decided yet."),
    "review.block_expired": _("The time for hiding it is over, and nobody has decided yet."),
    "review.restored": _("We looked twice: it can be seen again."),
    "review.block_ended": _("It is not hidden any more."),
}
_AGAIN: Final = _("It came back, so we asked again by ourselves.")
_ORDERED: Final = _("People decided, and we asked again with their decision.")
# Codes with which a site gives its reason. Other codes are shown as they are.
_REASONS: Final[Mapping[str, str | Promise]] = {
    "cannot_judge": _("It says that it cannot judge the picture."),
    "not_convinced": _("It says that it is not convinced."),
    "not_intimate": _("It says that nothing intimate is in it."),
    "consent_shown": _("It says that somebody showed it a consent."),
    "nothing_there": _("It says that it was gone before we asked."),
    "not_ours": _("It says that this is not its site."),
    "lawful": _("It says that it is lawful."),
    "private_chat": _("It says that it is in a private chat."),
}
_SEEN: Final[Mapping[str, str | Promise]] = {
    "gone": _("gone"),
    "live": _("still there"),
    "unknown": _("could not tell"),
}
# What only says how we go about it.
TOLD: Final = frozenset(_HAPPENED) | remedies.TOLD


def happened_words(name: str, *, facts: Mapping[str, Any]) -> str:
    """Empty for what tells a person nothing."""
    if name in remedies.TOLD:
        return remedies.told_words(name, str(facts.get("remedy", "")))
    if name == "removal.requested" and facts.get("ordered"):
        return str(_ORDERED)
    if name == "removal.requested" and int(facts.get("round") or 1) > 1:
        return str(_AGAIN)
    return str(_HAPPENED.get(name, ""))


def reason_words(code: str) -> str:
    """Why a site said no or was not sure, in words; an unknown code as it is; empty where it gave none."""
    return str(_REASONS.get(code, code))


def seen_words(seen: str) -> str:
    """What one look of ours saw."""
    return str(_SEEN.get(seen, seen))
