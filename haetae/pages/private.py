"""Which addresses are no public place: invitations, clients of messengers, mailboxes. Pure.

A private room has no address that everybody may read, so that there is none to watch. What people use instead is known
by its form: an invitation lets whoever holds it join, and a client shows what its owner may read. Neither is opened.
"""

import posixpath
import re
import unicodedata
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urlsplit

INVITATION, ROOM = "watch_invitation", "watch_private_room"


@dataclass(frozen=True, kw_only=True)
class _Form:
    """Addresses at one of `hosts`, or below it, whose path and query match."""

    hosts: frozenset[str]
    path: re.Pattern[str]
    code: str


def _form(hosts: str, path: str, code: str) -> _Form:
    return _Form(hosts=frozenset(hosts.split()), path=re.compile(path, re.IGNORECASE), code=code)


_FORMS: Final = (
    _form("t.me telegram.me telegram.dog", r"^/(s/)?(\+|joinchat(/|$)|addlist/)", INVITATION),
    _form("t.me telegram.me telegram.dog", r"^/(s/)?c/", ROOM),
    _form("t.me telegram.me telegram.dog", r"^/(proxy|socks|login|addemoji|share)\b", ROOM),
    _form("web.telegram.org weba.telegram.org webk.telegram.org webz.telegram.org", r"", ROOM),
    _form("discord.gg discord.new", r"", INVITATION),
    _form("discord.com discordapp.com", r"^/invite(/|$)", INVITATION),
    _form("discord.com discordapp.com", r"^/(channels|app|login)(/|$)", ROOM),
    _form("chat.whatsapp.com wa.me", r"", INVITATION),
    _form("web.whatsapp.com", r"", ROOM),
    _form("open.kakao.com", r"", INVITATION),
    _form("line.me", r"^/(r/)?ti/g", INVITATION),
    _form("signal.group signal.me", r"", INVITATION),
    _form("invite.viber.com", r"", INVITATION),
    _form("matrix.to", r"", INVITATION),
    _form("app.element.io", r"", ROOM),
    _form("messenger.com", r"", ROOM),
    _form("facebook.com", r"^/messages(/|$)", ROOM),
    _form("instagram.com", r"^/direct(/|$)", ROOM),
    _form("x.com twitter.com", r"^/(messages|i/chat)(/|$)", ROOM),
    _form("slack.com", r"", ROOM),
    _form("teams.microsoft.com teams.live.com", r"", ROOM),
    _form("mail.google.com outlook.live.com outlook.office.com", r"", ROOM),
    _form("mail.naver.com mail.daum.net mail.kakao.com", r"", ROOM),
)
# Whatever the host is: words of paths by which rooms are joined.
_JOINS: Final = re.compile(r"/(joinchat|join-chat|invite-link)(/|$)", re.IGNORECASE)


def why_private(url: str) -> str | None:
    """A code for why an address of the web is no public place, or None.

    An address that cannot be read is none either.
    """
    try:
        parts = urlsplit(url.strip())
        host = _plainly(parts.hostname or "").rstrip(".")
    except ValueError:
        return ROOM
    if parts.scheme.lower() not in {"http", "https"}:
        return ROOM
    path = _path(parts.path)
    if _JOINS.search(path):
        return INVITATION
    for form in _FORMS:
        if _is_at(host, form.hosts) and form.path.search(path):
            return form.code
    return None


def _plainly(text: str) -> str:
    """Wide letters and dots as the plain ones that a browser makes of them."""
    return unicodedata.normalize("NFKC", text).replace("\u3002", ".").casefold()


def _path(path: str) -> str:
    """As a host reads it: escapes undone, also those of escapes, and without steps that lead nowhere."""
    plain = unicodedata.normalize("NFKC", unquote(unquote(path)))
    return posixpath.normpath("/" + plain.lstrip("/"))


def _is_at(host: str, hosts: frozenset[str]) -> bool:
    return any(host == one or host.endswith(f".{one}") for one in hosts)
