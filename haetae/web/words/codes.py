"""What the outside answered, or why it could not be asked, in words."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from haetae.web.words.answers import REASONS
from haetae.web.words.notices import lacking_words
from haetae.web.words.states import state_mark

_PLAIN: Final[Mapping[str, str | Promise]] = {
    "http_200": _("answers (200)"),
    "http_401": _("wants a sign-in (401)"),
    "http_403": _("does not let strangers in (403)"),
    "http_404": _("nothing there (404)"),
    "http_410": _("gone for good (410)"),
    "http_429": _("too many questions, told to wait (429)"),
    "http_451": _("withheld for legal reasons (451)"),
    "picture": _("the picture answers"),
    "picture_with_404": _("the picture answers, marked as not there (404)"),
    "picture_with_410": _("the picture answers, marked as gone (410)"),
    "shows_it": _("the page shows it"),
    "shows_it_with_404": _("the page shows it, marked as not there (404)"),
    "shows_it_with_410": _("the page shows it, marked as gone (410)"),
    "unreadable": _("what answers cannot be read"),
    "another_picture": _("another picture answers"),
    "page_without_it": _("the page is there, without it"),
    "tombstone": _("the platform says that it was removed"),
    "login_page": _("a sign-in page"),
    "no_picture": _("no picture at this address"),
    "no_channel": _("no way yet to ask this operator"),
    "nonsense": _("the answer makes no sense"),
    "no_such_item": _("the operator knows no such item"),
    "already_removed": _("already removed"),
    "answered_blocked": _("answer: hidden for now"),
    "answered_restored": _("answer: shown again"),
    "tries_used_up": _("all tries are used up"),
    "held_too_long": _("held back too long"),
    "seen_live": _("we saw it"),
    "seen_gone": _("we did not see it"),
    "cannot_judge": _("the operator cannot judge it"),
    "not_convinced": _("the operator is not convinced"),
    # Systems that take messages, or fetch what is asked of them.
    "http_202": _("it has the message and has not done it yet (202)"),
    "endpoint_gone": _("nothing listens at its address any more (410)"),
    "no_endpoint": _("no address is known at which its system takes messages"),
    "message_too_large": _("the message is too large for its system"),
    "not_fetched": _("the operator has not fetched it yet"),
    **{str(reason): words for reason, words in REASONS.items()},
    # A Matrix homeserver.
    "private_chat": _("a private chat, or one that is gone: we may not look into it, but the police can"),
    "no_message": _("the address of a file alone: the link of the message is needed"),
    "redacted": _("the message is empty"),
    "message_without_it": _("the message is there, without it"),
    "room_closed": _("the room is closed to us"),
    "no_interface": _("the homeserver does not know the question"),
    "unknown_media": _("the homeserver has no such file"),
    "protected": _("the operator has marked it as never to be hidden"),
    "hidden_by_others": _("the operator's own people have hidden it"),
    "other_server": _("the file lies on another homeserver"),
    "not_hidden": _("it said yes and did not hide it"),
    "not_shown": _("it said yes and did not show it again"),
    "not_deleted": _("it said yes and did not delete it"),
    "not_emptied": _("the message could not be emptied"),
    "keys_unreadable": _("the keys to this operator cannot be used"),
    "address_unreadable": _("no address of this kind of platform"),
    "submitted": _("handed in"),
    "accepted": _("confirmed there, and nothing done yet"),
    "in_review": _("being looked at there"),
    "unable_to_confirm": _("could not confirm it"),
    "incomplete_report": _("wants to know more"),
    "not_on_cloudflare": _("it does not lie on this network"),
    "duplicate_report": _("was reported before"),
    "content_removed": _("says that it is gone"),
    "content_unavailable": _("could not open it"),
    "report_details_mismatch": _("what was reported does not fit what is there"),
    "no_abuse_found": _("found nothing wrong"),
    "direct_url_required": _("wants the exact address"),
    "wrong_report_category": _("wants another kind of report"),
    "law_enforcement_referral_required": _("wants the police to ask"),
    "ended_gone": _("we saw that it is gone"),
    "ended_not_harmful": _("decided that it may stay"),
    "ended_stopped": _("nobody asks for it any more"),
    "mail_refused": _("no mail server takes it"),
    "mail_unsure": _("sent by mail; nobody said whether it was taken"),
    "no_entitlement": _("our account there may not file such reports"),
    "no_way_back": _("it cannot be asked to undo it"),
    "hidden_from_us_too": _(
        "it is hidden, and this operator's system hands it to nobody, not to us either: it cannot be seen while it is"
        " hidden"
    ),
    "not_taken": _("the request was not taken as it was"),
}
_NETWORK: Final[Mapping[str, str | Promise]] = {
    "dns": _("the name is not known"),
    "connect": _("no connection"),
    "tls": _("no secure connection"),
    "timeout": _("no answer in time"),
    "too_large": _("the answer is larger than we read"),
    "encoded": _("the answer is packed, which we refuse"),
    "protocol": _("the answer is not proper HTTP"),
}
_RULES: Final[Mapping[str, str | Promise]] = {
    "too_long": _("the address is too long"),
    "characters": _("the address has characters that are not allowed"),
    "scheme": _("only http and https are opened"),
    "userinfo": _("the address carries a name or password"),
    "host": _("the address has no proper host name"),
    "notation": _("the host is written in an unusual way"),
    "local_name": _("the name belongs to a private network"),
    "port": _("this port is not opened"),
    "address": _("the address is not a public one"),
    "downgrade": _("it leads from https to http"),
    "too_many": _("it leads on too many times"),
    "unclear": _("it is not clear where it leads"),
}


def code_words(code: str) -> str:
    """Words for a code of a connector, an operator or an attempt; an unknown one is shown as it is."""
    if code in _PLAIN:
        return str(_PLAIN[code])
    for pattern, words in _FAMILIES:
        found = pattern.fullmatch(code)
        if found:
            return words(found[1])
    return code


def _answers(status: str) -> str:
    return now("answers %(status)s") % {"status": status}


def _network(failure: str) -> str:
    return str(_NETWORK.get(failure, f"network_{failure}"))


def _refused(rule: str) -> str:
    reason = _RULES.get(rule.removeprefix("redirect_"), rule)
    if rule.startswith("redirect_"):
        return now("not followed: %(reason)s") % {"reason": reason}
    return now("not opened: %(reason)s") % {"reason": reason}


def _answered(state: str) -> str:
    return now("answer: %(state)s") % {"state": state_mark(state).words}


def _unfit(lack: str) -> str:
    return now("the notice lacks %(what)s") % {"what": lacking_words(f"notice_{lack}") or lack}


_FAMILIES: Final[tuple[tuple[re.Pattern[str], Callable[[str], str]], ...]] = (
    (re.compile(r"http_(\d{3})"), _answers),
    (re.compile(r"network_(\w+)"), _network),
    (re.compile(r"refused_(\w+)"), _refused),
    (re.compile(r"answered_(\w+)"), _answered),
    (re.compile(r"notice_(\w+)"), _unfit),
)
