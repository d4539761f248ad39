"""Where a picture is on a Matrix homeserver, in the addresses under which the homeserver itself answers. Pure."""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qs, quote, unquote, urlsplit

_ROOM: Final = re.compile(r"[!#][^\s/?&]{1,254}")
_EVENT: Final = re.compile(r"\$[^\s/?&]{1,254}")
_MEDIA: Final = re.compile(r"mxc://([A-Za-z0-9.:\[\]-]{1,255})/([A-Za-z0-9_-]{1,255})")
_PAGE: Final = re.compile(r"/_matrix/client/v3/rooms/([^/]+)/event/([^/]+)")
_DOWNLOAD: Final = re.compile(r"/_matrix/client/v1/media/download/([^/]+)/([A-Za-z0-9_-]{1,255})")
# Clients that are pages on the web write the room and the message behind the hash.
_BEHIND_THE_HASH: Final = re.compile(r"/(?:room/)?([^/?]+)/([^/?]+)(?:\?(.*))?")
_URI_ROOMS: Final = {"roomid": "!", "r": "#"}


@dataclass(frozen=True, kw_only=True)
class Post:
    """A message. `room` is an id (!...) or an alias (#...); `via` names servers that know it."""

    room: str
    event_id: str
    via: tuple[str, ...] = ()

    @property
    def servers(self) -> frozenset[str]:
        """Homeservers at which the link says that the message can be read."""
        named = self.room.partition(":")[2]
        return frozenset({*self.via, *([named] if named else [])})


@dataclass(frozen=True, kw_only=True)
class Media:
    """A file that was uploaded to `server`."""

    server: str
    media_id: str

    @property
    def mxc(self) -> str:
        """As messages name it."""
        return f"mxc://{self.server}/{self.media_id}"


def page_path(post: Post) -> str:
    """Where the homeserver answers with the message."""
    return f"/_matrix/client/v3/rooms/{quote(post.room, safe='')}/event/{quote(post.event_id, safe='')}"


def media_path(media: Media) -> str:
    """Where the homeserver answers with the file."""
    return f"/_matrix/client/v1/media/download/{quote(media.server, safe='')}/{media.media_id}"


def post_in(url: str) -> Post | None:
    """The message that a link points to: matrix.to, matrix:, a web client's, or the homeserver's own address."""
    parts = urlsplit(url.strip())
    own = _PAGE.fullmatch(parts.path)
    if own:
        return _post(unquote(own[1]), unquote(own[2]))
    if parts.scheme.lower() == "matrix":
        return _post_in_uri(parts.path, parts.query)
    behind = _BEHIND_THE_HASH.fullmatch(parts.fragment)
    if behind:
        return _post(unquote(behind[1]), unquote(behind[2]), query=behind[3] or "")
    return None


def media_in(url: str) -> Media | None:
    """The file that an address is of: mxc:// or the homeserver's own address."""
    named = _MEDIA.fullmatch(url.strip())
    if named:
        return Media(server=named[1], media_id=named[2])
    own = _DOWNLOAD.fullmatch(urlsplit(url.strip()).path)
    return Media(server=unquote(own[1]), media_id=own[2]) if own else None


def media_shown(words: str) -> list[Media]:
    """Every file that a message's own words name, in order."""
    found = dict.fromkeys(_MEDIA.findall(words))
    return [Media(server=server, media_id=media_id) for server, media_id in found]


def _post_in_uri(path: str, query: str) -> Post | None:
    """matrix:roomid/ID/e/EVENT and matrix:r/ALIAS/e/EVENT; the signs before room and message are left out there."""
    parts = [unquote(part) for part in path.split("/")]
    if len(parts) != 4 or parts[0] not in _URI_ROOMS or parts[2] not in {"e", "event"}:
        return None
    return _post(_URI_ROOMS[parts[0]] + parts[1], "$" + parts[3], query=query)


def _post(room: str, event_id: str, *, query: str = "") -> Post | None:
    if not (_ROOM.fullmatch(room) and _EVENT.fullmatch(event_id)):
        return None
    return Post(room=room, event_id=event_id, via=tuple(parse_qs(query).get("via", ()))[:8])
