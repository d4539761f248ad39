"""What an ordinary account may read: which rooms are open to anybody, and what a message in them shows."""

import json
from typing import Final
from urllib.parse import quote

from haetae.common.outbound import Fetched
from haetae.connectors import reading
from haetae.connectors.base import NothingThereError, RefusedLinkError, Seen, Sight, UnreachableError
from haetae.connectors.matrix.addresses import Media, Post, media_path, media_shown, page_path
from haetae.connectors.matrix.homeserver import Homeserver, Json, json_in, refused, says_not_found

_ENCRYPTED: Final = "m.room.encrypted"
# In rooms with one of these everybody who is inside reads everything that was ever written.
_READ_ALL: Final = frozenset({"shared", "world_readable"})


def require_public(server: Homeserver, post: Post) -> str:
    """The id of the message's room, when anybody may join or read it and it is not encrypted.

    Asked as an ordinary account: what a stranger is not told of is private. Raises RefusedLinkError `private_chat`.
    """
    via = "".join(f"&via={quote(one, safe='')}" for one in post.via)
    path = f"/_matrix/client/v1/room_summary/{quote(post.room, safe='')}"
    answer = server.as_anybody("GET", f"{path}?{via[1:]}" if via else path)
    if answer.status == 403 or says_not_found(answer):
        raise private_chat()
    if answer.status != 200:
        raise refused(answer)
    room = json_in(answer)
    is_open = room.get("join_rule") == "public" or room.get("world_readable") is True
    if not is_open or room.get("encryption") or not isinstance(room.get("room_id"), str):
        raise private_chat()
    return str(room["room_id"])


def private_chat() -> RefusedLinkError:
    """The sentence for whoever reported it."""
    return RefusedLinkError(
        "private_chat",
        "This points into a private or encrypted chat, or into one that is gone. We look only at what everybody can "
        "see; what happens in private chats is for the police.",
    )


def read_message(server: Homeserver, post: Post) -> Json:
    """The message as anybody reads it. Raises NothingThereError where it is not there, RefusedLinkError, ..."""
    answer = fetch_message(server, post)
    if says_not_found(answer):
        raise NothingThereError("http_404", "The homeserver shows no such message.")
    if answer.status != 200:
        raise refused(answer)
    event = json_in(answer)
    if event.get("type") == _ENCRYPTED:
        raise private_chat()
    return event


def fetch_message(server: Homeserver, post: Post) -> Fetched:
    """The homeserver's answer to an ordinary account, which joins the room where only those inside may read."""
    answer = server.as_anybody("GET", page_path(post))
    if answer.status in {403, 404} and _joined(server, post):
        return server.as_anybody("GET", page_path(post))
    return answer


def sight_of_message(server: Homeserver, post: Post, *, media: Media) -> Sight:
    """Whether a message still shows the file. Raises ConnectorError."""
    answer = fetch_message(server, post)
    if says_not_found(answer):
        seen = Seen.GONE if _reads_everything(server, post) else Seen.UNKNOWN
        return Sight(seen=seen, why="http_404" if seen is Seen.GONE else "room_closed")
    if answer.status != 200:
        return Sight(seen=Seen.UNKNOWN, why=f"http_{answer.status}")
    event = json_in(answer)
    if not event.get("content"):  # of a redacted message nothing is left but that it was there
        return Sight(seen=Seen.GONE, why="redacted")
    shows = media in shown_in(event)
    return Sight(seen=Seen.LIVE if shows else Seen.UNKNOWN, why="shows_it" if shows else "message_without_it")


def sight_of_media(server: Homeserver, media: Media) -> tuple[Sight, bytes | None]:
    """Whether an ordinary account gets the file, and what it gets. Raises ConnectorError.

    Hidden and deleted look the same from here: the homeserver says that there is no such file.
    """
    answer = server.as_anybody("GET", media_path(media))
    if answer.status == 404 and not says_not_found(answer):
        return Sight(seen=Seen.UNKNOWN, why="no_interface"), None
    return reading.sight_of_media(answer), answer.body


def _reads_everything(server: Homeserver, post: Post) -> bool:
    """Whether a message that we are not shown is not there.

    The homeserver says 404 of a message that is gone and of one that we may not read; only where we may read all of
    them does it mean that it is gone.
    """
    path = f"/_matrix/client/v3/rooms/{quote(post.room, safe='')}/state/m.room.history_visibility/"
    answer = server.as_anybody("GET", path)
    return answer.status == 200 and json_in(answer).get("history_visibility") in _READ_ALL


def shown_in(event: Json) -> list[Media]:
    """Every file that a message shows: its picture, the small one beside it, those inside its text."""
    return media_shown(json.dumps(event.get("content") or {}))


def is_closed(server: Homeserver, post: Post) -> bool:
    """Whether the room is not open to anybody any more, so that nothing in it is looked at. Raises ConnectorError."""
    try:
        require_public(server, post)
    except RefusedLinkError:
        return True
    return False


def _joined(server: Homeserver, post: Post) -> bool:
    """Whether the account that looks has come in. Nobody may lead it into a private room by inviting it."""
    try:
        if is_closed(server, post):
            return False
        answer = server.as_anybody("POST", f"/_matrix/client/v3/join/{quote(post.room, safe='')}", {})
    except UnreachableError:
        return False
    return answer.status == 200
