"""A gate before publication for a Matrix homeserver: one file that Synapse loads. It imports nothing of haetae.

It stands where an event is about to be published in a room that anybody may join or read, and looks at the pictures
which that event shows. It never stands where files are uploaded: an upload does not say into which room it goes, and
asking about every upload would look into private chats. In a private, invite-only or encrypted room nothing is looked
at and nobody is asked.
"""

import html
import http.client
import json
import logging
import re
import time
import urllib.parse
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NOT_SPAM = "NOT_SPAM"  # Synapse's word for "let it through"
LOG = logging.getLogger(__name__)

_PATIENCE_S = 5.0
_BUSY_PAUSE_S = 0.3
_MOST_MEDIA = 8  # of one event; nobody needs more in one message
_LARGEST_BYTES = 50 * 1_048_576
_MXC = re.compile(r"mxc://([A-Za-z0-9.:\[\]-]{1,255})/([A-Za-z0-9_-]{1,255})", re.IGNORECASE)
_ROOM_FACTS = [("m.room.join_rules", ""), ("m.room.history_visibility", ""), ("m.room.encryption", "")]

KNOWN = "This picture is known to harm the person in it. It is not published here."
NOT_CHECKED = (
    "This picture cannot be checked at the moment, so it is not published. Try again in a few minutes."
)
NOT_UPLOADED = "Upload the picture first, then send the message that shows it."
TOO_MANY = f"A message in a public room shows at most {_MOST_MEDIA} pictures."


@dataclass(frozen=True)
class Settings:
    """`origin` is this homeserver's address as haetae has it registered, `closed` what is done without an answer."""

    check_url: str
    token: str
    origin: str
    closed: bool


@dataclass(frozen=True)
class Publication:
    """Where the picture would be shown, in the addresses that haetae knows it by."""

    post_id: str
    page: str
    media: str


class HaetaeGate:
    """What Synapse loads: `modules: [{module: haetae_gate.HaetaeGate, config: {...}}]`."""

    def __init__(self, config: Settings, api: Any) -> None:
        self._settings = config
        self._api = api
        # The module interface has no way to read media or to hide them, so these two are Synapse's own.
        # They are looked up now, so that a Synapse without them says so at its start and not at the first picture.
        self._store = api._hs.get_datastores().main
        self._files = api._hs.get_media_repository().media_storage
        self._file_info, self._forbidden, self._outcomes = _of_synapse()
        api.register_spam_checker_callbacks(check_event_for_spam=self.check_event_for_spam)

    @staticmethod
    def parse_config(config: dict[str, Any]) -> Settings:
        """Raises ValueError with the sentence that says what is missing; Synapse then does not start."""
        for field in ("check_url", "token_file", "origin", "when_down"):
            if not config.get(field):
                raise ValueError(f"haetae_gate: {field} is missing.")
        if config["when_down"] not in {"open", "closed"}:
            raise ValueError("haetae_gate: when_down must be open or closed, as you declared it to haetae.")
        if not str(config["check_url"]).startswith(("http://", "https://")):
            raise ValueError("haetae_gate: check_url must begin with http:// or https://.")
        token = Path(config["token_file"]).read_text(encoding="ascii").strip()
        return Settings(
            check_url=config["check_url"],
            token=token,
            origin=str(config["origin"]).rstrip("/"),
            closed=config["when_down"] == "closed",
        )

    async def check_event_for_spam(self, event: Any) -> Any:
        """Synapse asks this of every event before anybody sees it; also of events that other servers send."""
        shown = media_shown(event.content, server=self._api.server_name)
        if not shown or not await self._everybody_may_read(event.room_id):
            return NOT_SPAM
        if len(shown) > _MOST_MEDIA:
            return self._kept_back("too_many", TOO_MANY)
        for media_id in shown:
            refusal = await self._why_not(media_id, event)
            if refusal is not None:
                return refusal
        return NOT_SPAM

    async def _everybody_may_read(self, room_id: str) -> bool:
        state = await self._api.get_room_state(room_id, _ROOM_FACTS)
        return everybody_may_read({name: event.content for (name, _), event in state.items()})

    async def _why_not(self, media_id: str, event: Any) -> Any | None:
        began_s = time.perf_counter()
        record = await self._store.get_local_media(media_id)
        if record is None or record.quarantined_by:
            return None  # there is nothing that anybody could see
        if record.media_length is None:
            # An address that was only reserved would show whatever is uploaded to it later.
            return self._kept_back("not_uploaded", NOT_UPLOADED)
        publish = await self._answer(media_id, event)
        took_ms = (time.perf_counter() - began_s) * 1_000
        if publish is None and not self._settings.closed:
            self._count("published_unanswered", took_ms)
            return None
        if publish is None:
            return self._kept_back("kept_back_unanswered", NOT_CHECKED, took_ms)
        if publish:
            self._count("published", took_ms)
            return None
        await self._hide(media_id)
        return self._kept_back("refused", KNOWN, took_ms)

    async def _answer(self, media_id: str, event: Any) -> bool | None:
        """May it be published? None when there is no answer, for whatever reason."""
        publication = Publication(
            post_id=media_id[:64],
            page=f"{self._settings.origin}/_matrix/client/v3/rooms/{_quoted(event.room_id)}/event/{_quoted(event.event_id)}",
            media=f"{self._settings.origin}/_matrix/client/v1/media/download/{_quoted(self._api.server_name)}/{media_id}",
        )
        try:
            info = self._file_info(server_name=None, file_id=media_id)
            async with self._files.ensure_media_is_in_local_cache(info) as path:
                return await self._api.defer_to_thread(ask, self._settings, publication, path)
        except Exception as fault:
            # Whatever goes wrong, here or there, is no answer: what is declared for that decides, and it is logged.
            # By its kind alone: its words may name the file.
            LOG.warning("no answer about a picture: %s", type(fault).__name__)
            return None

    async def _hide(self, media_id: str) -> None:
        """Its bytes cannot be fetched, nor uploaded again as they are; a copy in other bytes meets the gate."""
        server = self._api.server_name
        try:
            await self._store.quarantine_media_by_id(server, media_id, f"@haetae-gate:{server}")
        except Exception as fault:
            LOG.error(
                "a refused picture could not be hidden, and was not published: %s", type(fault).__name__
            )

    def _kept_back(self, outcome: str, sentence: str, took_ms: float = 0.0) -> Any:
        self._count(outcome, took_ms)
        return self._forbidden, {"error": sentence, "org.haetae.outcome": outcome}

    def _count(self, outcome: str, took_ms: float) -> None:
        """Counted and logged without saying what it was about: the log is no place for that."""
        self._outcomes.labels(outcome).inc()
        LOG.info("gate: %s after %.1f ms", outcome, took_ms)


def _of_synapse() -> tuple[Any, Any, Any]:
    """What is there only inside Synapse: how a file is named, the code of a refusal, and a counter for its metrics."""
    from prometheus_client import Counter  # noqa: PLC0415 - the rest of this file is also tested without Synapse
    from synapse.api.errors import Codes  # noqa: PLC0415 - likewise
    from synapse.media._base import FileInfo  # noqa: PLC0415 - likewise

    counter = Counter("haetae_gate_events", "What became of events that show pictures", ["outcome"])
    return FileInfo, Codes.FORBIDDEN, counter


def media_shown(content: Any, *, server: str) -> list[str]:
    """Ids of this homeserver's media that an event names anywhere: picture, small picture, inside a text.

    Clients undo HTML entities and percent signs, so we do that too.
    """
    said = urllib.parse.unquote(html.unescape(json.dumps(_plain(content), ensure_ascii=False)))
    return list(dict.fromkeys(media_id for home, media_id in _MXC.findall(said) if home == server))


def everybody_may_read(state: dict[str, Any]) -> bool:
    """Whether a room is open to anybody and not encrypted. What cannot be told is private."""
    if "m.room.encryption" in state:
        return False
    joining = state.get("m.room.join_rules", {}).get("join_rule")
    reading = state.get("m.room.history_visibility", {}).get("history_visibility")
    return joining == "public" or reading == "world_readable"


def ask(settings: Settings, publication: Publication, path: str) -> bool | None:
    """Ask haetae about one file, in a thread. None when there is no answer within five seconds."""
    if not 0 < Path(path).stat().st_size <= _LARGEST_BYTES:
        return None
    data = Path(path).read_bytes()
    until_s = time.monotonic() + _PATIENCE_S
    while (left_s := until_s - time.monotonic()) > 0:
        status, body = _asked(settings, publication, data, patience_s=left_s)
        if status == 200:
            publish = json.loads(body).get("publish")
            return publish if isinstance(publish, bool) else None
        if status != 503:
            LOG.warning("haetae refuses the question: %s", status)
            return None
        time.sleep(_BUSY_PAUSE_S)
    return None


def _asked(
    settings: Settings, publication: Publication, data: bytes, *, patience_s: float
) -> tuple[int, bytes]:
    parts = urllib.parse.urlsplit(settings.check_url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=patience_s)
    headers = {
        "Authorization": f"Bearer {settings.token}",
        "Content-Type": "application/octet-stream",
        "X-Post-Id": publication.post_id,
        "X-Page": publication.page,
        "X-Media": publication.media,
    }
    try:
        connection.request("POST", parts.path or "/", body=data, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read(65_536)
    finally:
        connection.close()


def _plain(content: Any) -> Any:
    """An event's content as JSON can say it: Synapse freezes what it holds."""
    if hasattr(content, "items"):
        return {str(key): _plain(value) for key, value in content.items()}
    if isinstance(content, list | tuple):
        return [_plain(value) for value in content]
    return content if isinstance(content, str | int | float | bool) or content is None else str(content)


def _quoted(text: str) -> str:
    return urllib.parse.quote(text, safe="")
