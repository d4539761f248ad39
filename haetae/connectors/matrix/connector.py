"""Speaks with a Matrix homeserver: what is shown in public rooms is found, hidden, deleted and looked at."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Final
from uuid import UUID

from django.conf import settings

from haetae.accounts.models import Operator
from haetae.connectors import door
from haetae.connectors.base import (
    Answer,
    AnswerKind,
    BlockOrder,
    Capability,
    Check,
    ConnectorError,
    DeletionOrder,
    DetectorDown,
    Locator,
    Look,
    NoChannelError,
    NothingThereError,
    RefusedLinkError,
    Seen,
    Sight,
    UnreachableError,
)
from haetae.connectors.matrix import holding, rooms
from haetae.connectors.matrix.access import OnRequest, read_access
from haetae.connectors.matrix.addresses import Media, Post, media_in, media_path, page_path, post_in
from haetae.connectors.matrix.homeserver import Homeserver, refused, says_not_found
from haetae.connectors.matrix.testing import checks_of
from haetae.connectors.web_page.connector import WebPageConnector

_REPORTS: Final = "/_synapse/admin/v1/event_reports?limit=100"
_FAILURES_BORNE: Final = 3
_CLOSED: Final = Sight(seen=Seen.UNKNOWN, why="room_closed")
_UNKNOWN_PLACE: Final = Sight(seen=Seen.UNKNOWN, why="address_unreadable")


class MatrixConnector(WebPageConnector):
    """One homeserver. Restoring one file shows every file with the same bytes: see `holding.show_again`."""

    name = "matrix"
    capabilities = frozenset(
        {
            Capability.FIND,
            Capability.LIST_NEW,
            Capability.ASK,
            Capability.STATUS,
            Capability.BLOCK,
            Capability.RESTORE,
            Capability.LOOK,
            Capability.READ_HIDDEN,
            Capability.UPLOAD_CHECK,
        }
    )
    detector_down = DetectorDown.AS_DECLARED

    def __init__(self, *, operator: Operator) -> None:
        super().__init__(operator=operator)
        self._operator = operator

    @cached_property
    def _server(self) -> Homeserver:
        access = read_access(settings.KEYS.read(self._operator.secret_name))
        return Homeserver.of(self._operator, access)

    def checks(self) -> Sequence[Check]:
        return checks_of(self._server)

    def find(self, url: str) -> Sequence[Locator]:
        post = post_in(url)
        if post is None:
            raise RefusedLinkError(
                "no_message",
                "Give the link of the message: of a file alone nobody can tell where it is shown.",
            )
        room_id = rooms.require_public(self._server, post)
        found = self._shown_by(Post(room=room_id, event_id=post.event_id))
        if not found:
            raise NothingThereError("no_picture", "The message shows no picture of this homeserver.")
        return found

    def list_new(self) -> Sequence[Locator]:
        """What people have reported to the homeserver, as far as it is in rooms that everybody may read."""
        told = self._server.as_admin("GET", _REPORTS) or {}
        reported = dict.fromkeys(
            (str(report.get("room_id")), str(report.get("event_id")))
            for report in told.get("event_reports", ())
            if isinstance(report, dict)
        )
        found: list[Locator] = []
        failures = 0
        for room, event_id in reported:
            post = Post(room=room, event_id=event_id)
            try:
                rooms.require_public(self._server, post)
                found += self._shown_by(post)
            except UnreachableError:
                failures += (
                    1  # one room that fails keeps no other from us; a homeserver that fails is left alone
                )
                if failures == _FAILURES_BORNE:
                    break
            except (RefusedLinkError, NothingThereError):
                continue  # private, gone, or no picture
        return found

    def read_media(self, locator: Locator) -> bytes:
        _, media = _place(locator)
        answer = self._server.as_anybody("GET", media_path(media))
        if says_not_found(answer):
            raise NothingThereError("http_404", "The homeserver shows no such file.")
        if answer.status != 200:
            raise refused(answer)
        return answer.body

    def read_hidden(self, locator: Locator) -> bytes:
        """With the administrator's right, and only while the message stands in a room that is open to anybody."""
        post, media = _place(locator)
        if media.server != self._server.access.server_name:
            raise NoChannelError("other_server", "The file lies on another homeserver: ask that one.")
        rooms.require_public(self._server, post)
        if media not in rooms.shown_in(rooms.read_message(self._server, post)):
            raise NothingThereError("message_without_it", "The message shows this file no more.")
        return holding.read_hidden(self._server, media)

    def ask_to_delete(self, order: DeletionOrder) -> Answer:
        """Hide, empty the message, delete the file: in that order nothing comes back halfway.

        While the file is hidden Synapse keeps its bytes from being uploaded anew; once it is deleted that is over, and
        the gate at publication knows the picture by its hashes. Safe to repeat: what is done stays done.
        """
        post, media = _place(order.locator)
        ordered = _ordered(order)
        if media.server != self._server.access.server_name:
            raise NoChannelError("other_server", "The file lies on another homeserver: ask that one.")
        record = holding.record_of(self._server, media)
        if record is not None:
            if record.is_protected:
                return Answer(kind=AnswerKind.REFUSED, reason="protected", reference=media.media_id)
            holding.hide(self._server, media)
        if ordered == "block_access":
            if record is None:
                raise NoChannelError("unknown_media", "The homeserver has no such file: nothing was hidden.")
            return Answer(kind=AnswerKind.BLOCKED, blocked=True, reference=media.media_id)
        if record is not None and ordered is None and self._server.access.on_request is OnRequest.HIDE:
            return Answer(kind=AnswerKind.UNSURE, blocked=True, reference=media.media_id)
        if not holding.empty(self._server, post, media):
            return Answer(kind=AnswerKind.RECEIVED, blocked=True, reference=media.media_id)
        holding.delete(self._server, media)
        return Answer(kind=AnswerKind.REMOVED, reference=media.media_id)

    def answer_to(self, key: UUID) -> Answer | None:  # noqa: ARG002 - the protocol's signature
        """A homeserver keeps no requests. Whoever asks again finds done what is done."""
        return None

    def block(self, order: BlockOrder) -> None:
        holding.hide(self._server, _place(order.locator)[1])

    def restore(self, order: BlockOrder) -> None:
        holding.show_again(self._server, _place(order.locator)[1])

    def look(self, locator: Locator) -> Look:
        """As an ordinary account: whoever looks without one is shown nothing by a homeserver, ever.

        The message is read only while its room is open to anybody. The account may still sit in one that has become
        private, and what is said there is not for us; the file's own address was public, and is looked at all the same.
        """
        try:
            post, media = _place(locator)
            server = self._server
        except ConnectorError:
            return Look(page=_UNKNOWN_PLACE, media=_UNKNOWN_PLACE)
        try:
            is_closed = rooms.is_closed(server, post)
            page = _CLOSED if is_closed else rooms.sight_of_message(server, post, media=media)
        except (RefusedLinkError, UnreachableError) as failure:
            page = door.sight_of_failure(failure)
        try:
            shown, data = rooms.sight_of_media(server, media)
        except (RefusedLinkError, UnreachableError) as failure:
            shown, data = door.sight_of_failure(failure), None
        hidden = page.seen is Seen.LIVE and shown.seen is Seen.GONE
        return Look(page=page, media=shown, hidden=hidden, media_bytes=data)

    def _shown_by(self, post: Post) -> list[Locator]:
        event = rooms.read_message(self._server, post)
        own = [media for media in rooms.shown_in(event) if media.server == self._server.access.server_name]
        return [
            Locator(page_url=self._base + page_path(post), media_url=self._base + media_path(media))
            for media in own
        ]


def _ordered(order: DeletionOrder) -> str | None:
    """What a reviewer has ordered, where the notice carries a decision."""
    decision = order.notice.get("decision")
    return str(decision.get("ordered")) if isinstance(decision, Mapping) else None


def _place(locator: Locator) -> tuple[Post, Media]:
    post, media = post_in(locator.page_url), media_in(locator.media_url)
    if post is None or media is None:
        raise RefusedLinkError("address_unreadable", "This is no address of a Matrix homeserver.")
    return post, media
