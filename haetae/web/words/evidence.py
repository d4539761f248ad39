"""Evidence in words: its states, where it is from, the links of its chain, its lawful uses, and every refusal."""

from collections.abc import Mapping, Sequence
from typing import Final

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from haetae.agencies.investigation.evidence import rules
from haetae.agencies.investigation.evidence.queries import today
from haetae.agencies.investigation.evidence.states import Act, Origin, State
from haetae.law.evidence import uses_on
from haetae.law.packs import load_pack
from haetae.web.words.codes import code_words
from haetae.web.words.language import in_korean

# Shape, words, and the tone of its line.
STATES: Final[Mapping[State, tuple[str, str | Promise, str]]] = {
    State.REQUESTED: ("◌", _("being fetched"), ""),
    State.NOT_CAPTURED: ("✕", _("could not be kept"), "bad"),
    State.CAPTURED: ("◐", _("kept, not time-stamped yet"), "people"),
    State.SEALED: ("◆", _("sealed, waiting for a custodian"), "people"),
    State.HELD: ("●", _("in custody"), ""),
    State.HANDED_OVER: ("⇄", _("handed over, not yet received"), "people"),
    State.RELEASED: ("▷", _("released"), ""),
    State.DESTROYED: ("○", _("destroyed"), ""),
}
ORIGINS: Final[Mapping[Origin, str | Promise]] = {
    Origin.PUBLIC_PAGE: _("a public page"),
    Origin.UNDERCOVER: _("material of an undercover operation"),
    Origin.STATEMENT: _("a statement"),
}
ACTS: Final[Mapping[Act, str | Promise]] = {
    Act.TAKEN: _("taken into custody"),
    Act.GIVEN: _("given"),
    Act.RECEIVED: _("received"),
    Act.TAKEN_BACK: _("taken back by the giver"),
    Act.OPENED: _("opened for a purpose"),
    Act.EXPORTED: _("handed out as a copy"),
    Act.RELEASED: _("released"),
    Act.DESTRUCTION_ASKED: _("destruction asked for"),
    Act.DESTROYED: _("destroyed"),
}
_WHY_NOT: Final[Mapping[str, str | Promise]] = {
    "evidence_address": _("Give the whole address of a public page, beginning with https:// or http://."),
    "evidence_material": _(
        "Write what is to be kept, at least %(least)s characters. No picture is taken here."
    ),
    "evidence_no_custodian": _(
        "No custodian has registered a key, so that nothing can be locked. Ask a custodian to do it first."
    ),
    "evidence_purpose": _("Choose one of the purposes that the law allows. There is no other."),
    "evidence_reason": _("Say why, in %(least)s to %(most)s characters."),
    "evidence_destroyed": _("It is destroyed, or was never kept."),
    "evidence_not_held": _("You do not hold it. Only whoever holds it can do that."),
    "evidence_on_its_way": _(
        "You have given it to somebody who has not received it yet. Take it back, or wait."
    ),
    "evidence_damaged": _(
        "What lies in the store is not what was put there. Nothing is shown or handed out; the record says since when."
    ),
    "evidence_not_to_take": _("Somebody holds it already, or it is not sealed yet."),
    "evidence_not_for_you": _(
        "It was not locked for your key. Let a colleague take it and give it to you: it is locked anew then."
    ),
    "evidence_own_file": _("Who works on the file, or asked for it, does not keep its evidence."),
    "evidence_to_oneself": _("Choose another custodian than yourself."),
    "evidence_no_receiver": _("Choose a custodian who holds a seat today and has registered a key."),
    "evidence_not_given": _("It was not given to you, or it was received already."),
    "evidence_hold": _("A hold forbids that it is destroyed."),
    "evidence_for_good": _("It may show somebody under 19: it is kept for good."),
    "evidence_term": _("The time for which it has to be kept is not over."),
    "evidence_same_person": _("You asked for it. Another custodian has to confirm it."),
    "evidence_not_asked": _("Nobody has asked for its destruction."),
    "evidence_not_exported": _("Hand out a copy first, and release it then."),
    "evidence_key_unreadable": _(
        "This is no key. A secret key begins with AGE-SECRET-KEY-1, a public one with age1."
    ),
    "evidence_key_known": _("This key is registered already. Make one of your own."),
    "evidence_key_other": _("This key does not open it. Use the secret half of the key that you registered."),
    "until_is_over": _("Choose a day that is still to come."),
    "until_too_far": _("A hold lasts one year at most. Set it again when it is still needed."),
    "export_reference": _("Give the number of the court's or the office's own file."),
    "evidence_no_note": _("Say what was done about it."),
}


def evidence_refusal(code: str) -> str:
    """Why something about evidence was not taken; an unknown code as it is."""
    words = _WHY_NOT.get(code)
    return (
        str(words) % {"least": rules.REASON_SHORTEST, "most": rules.REASON_LONGEST} if words else _now(code)
    )


def why_not_kept(code: str) -> str:
    """Why a page could not be kept."""
    return str(_WHY_NOT[code]) if code in _WHY_NOT else code_words(code)


def purposes() -> Sequence[tuple[str, str]]:
    """The lawful uses of today, with their words."""
    uses = uses_on(load_pack(settings.JURISDICTION).evidence_uses, on=today())
    if in_korean():
        return [(use.purpose.value, f"{use.words_ko} ({use.citation_ko})") for use in uses]
    return [(use.purpose.value, f"{use.words_en} ({use.citation_en})") for use in uses]


def purpose_words(code: str) -> str:
    """Of any day; an unknown one as it is."""
    for use in load_pack(settings.JURISDICTION).evidence_uses:
        if use.purpose.value == code:
            return use.words_ko if in_korean() else use.words_en
    return code
