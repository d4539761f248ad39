"""What an administrator does to a file and to a message. The homeserver's 200 is not believed: its record is asked."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from haetae.connectors.base import NoChannelError, NothingThereError, Seen, UnreachableError
from haetae.connectors.matrix.addresses import Media, Post, media_path
from haetae.connectors.matrix.homeserver import Homeserver, json_in, refused, says_not_found
from haetae.connectors.matrix.rooms import sight_of_message

_POLLS: Final = 20
_POLL_PAUSE_S: Final = 0.25
_ADMIN: Final = "/_synapse/admin/v1"


@dataclass(frozen=True, kw_only=True)
class MediaRecord:
    """What the homeserver has written down about a file."""

    hidden_by: str
    is_protected: bool


def record_of(server: Homeserver, media: Media) -> MediaRecord | None:
    """None where the homeserver has no such file. Raises ConnectorError."""
    told = server.as_admin("GET", f"{_ADMIN}/media/{_path(media)}")
    info = (told or {}).get("media_info")
    if not isinstance(info, Mapping):
        return None
    return MediaRecord(
        hidden_by=str(info.get("quarantined_by") or ""), is_protected=bool(info.get("safe_from_quarantine"))
    )


def hide(server: Homeserver, media: Media) -> None:
    """Nobody can fetch it any more, nor any other file of this homeserver with the same bytes.

    Quarantining an unknown or a protected file answers 200 and does nothing, so the record is asked before and after.
    What the operator's own people have hidden stays marked as theirs. Raises ConnectorError.
    """
    before = record_of(server, media)
    if before is None:
        raise NoChannelError("unknown_media", "The homeserver has no such file: nothing was hidden.")
    if before.hidden_by:
        return
    if before.is_protected:
        raise NoChannelError(
            "protected", "The operator has marked this file as never to be hidden: nothing was hidden."
        )
    server.as_admin("POST", f"{_ADMIN}/media/quarantine/{_path(media)}", {})
    after = record_of(server, media)
    if after is None or not after.hidden_by:
        raise UnreachableError("not_hidden", "The homeserver said yes, but did not hide the file.", sent=True)


def show_again(server: Homeserver, media: Media) -> None:
    """It can be fetched again, and so can every other file with the same bytes: Synapse shows them all or none.

    Whoever calls must have seen to it that no other case needs one of them hidden. Raises ConnectorError.
    """
    before = record_of(server, media)
    if before is None:
        raise NoChannelError("already_removed", "The homeserver has deleted the file: it cannot come back.")
    if not before.hidden_by:
        return
    if before.hidden_by not in {
        whoami(server, as_admin=True),
        "system",
        f"@haetae-gate:{server.access.server_name}",
    }:
        raise NoChannelError(
            "hidden_by_others", "The operator's own people have hidden it: they must show it."
        )
    server.as_admin("POST", f"{_ADMIN}/media/unquarantine/{_path(media)}", {})
    after = record_of(server, media)
    if after is None or after.hidden_by:
        raise UnreachableError("not_shown", "The homeserver said yes, but shows the file no more.", sent=True)


def read_hidden(server: Homeserver, media: Media) -> bytes:
    """What is hidden, as an administrator gets it. Nobody else is shown it by that. Raises ConnectorError."""
    path = f"{media_path(media)}?admin_unsafely_bypass_quarantine=true"
    answer = server.bytes_as_admin(path)
    if says_not_found(answer):
        raise NothingThereError("http_404", "The homeserver has no such file.")
    if answer.status != 200:
        raise refused(answer)
    return answer.body


def delete(server: Homeserver, media: Media) -> None:
    """The file and its small copies leave the disk. Raises ConnectorError unless the record is gone."""
    server.as_admin("DELETE", f"{_ADMIN}/media/{_path(media)}")
    if record_of(server, media) is not None:
        raise UnreachableError("not_deleted", "The homeserver said yes, but still has the file.", sent=True)


def empty(server: Homeserver, post: Post, media: Media) -> bool:
    """Take everything out of one message; False while the homeserver is still about it. Raises ConnectorError.

    The administrator's call empties what one person wrote in one room within a time; we name the millisecond in which
    this message came, so that nothing else of theirs is touched.
    """
    told = server.as_admin("GET", f"{_ADMIN}/fetch_event/{quote(post.event_id, safe='')}")
    event = (told or {}).get("event")
    if not isinstance(event, Mapping) or _is_empty(server, post, media):
        return True
    sender, moment_ms = str(event.get("sender")), int(event.get("origin_server_ts") or 0)
    begun = server.as_admin(
        "POST",
        f"{_ADMIN}/user/{quote(sender, safe='')}/redact",
        {"rooms": [str(event.get("room_id"))], "after_ts": moment_ms - 1, "before_ts": moment_ms + 1},
    )
    if not _is_over(server, str((begun or {}).get("redact_id", ""))):
        return False
    if not _is_empty(server, post, media):
        raise UnreachableError("not_emptied", "The homeserver could not empty the message.", sent=True)
    return True


def _is_over(server: Homeserver, redact_id: str) -> bool:
    """The homeserver empties messages when it has time; some seconds are waited for it."""
    for _ in range(_POLLS):
        told = server.as_admin("GET", f"{_ADMIN}/user/redact_status/{quote(redact_id, safe='')}") or {}
        if told.get("status") in {"complete", "failed"}:
            return True
        time.sleep(_POLL_PAUSE_S)
    return False


def _is_empty(server: Homeserver, post: Post, media: Media) -> bool:
    return sight_of_message(server, post, media=media).seen is Seen.GONE


def whoami(server: Homeserver, *, as_admin: bool) -> str:
    """The full name of one of our two accounts. Raises ConnectorError."""
    path = "/_matrix/client/v3/account/whoami"
    told = server.as_admin("GET", path) if as_admin else json_in(server.as_anybody("GET", path))
    return str((told or {}).get("user_id", ""))


def _path(media: Media) -> str:
    return f"{quote(media.server, safe='')}/{media.media_id}"
