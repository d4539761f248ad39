"""Serves one connection: reads a request within limits, finds who asks, has it served, logs it, answers."""

import hashlib
import hmac
import io
import time
import traceback
from email.message import Message
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs

from sandbox_platform import framing, members, misbehaviour, posts, settings, templates
from sandbox_platform.access_log import Entry
from sandbox_platform.board import Board
from sandbox_platform.messages import (
    Answer,
    Hangup,
    RefusedError,
    Request,
    Response,
    Who,
    accepts_html,
    html_response,
)
from sandbox_platform.routing import Route, find_route
from sandbox_platform.server import BoardServer

LINGER_S = 2.0
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; img-src 'self'; style-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'",
}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # An answer goes out as head and body. Held back for one packet, the body waits 40 ms for the client's word.
    disable_nagle_algorithm = True
    server: BoardServer

    def setup(self) -> None:
        super().setup()
        self.reader = framing.DeadlineReader(self.connection)
        self.rfile = io.BufferedReader(self.reader)
        self.unread = False

    def handle_one_request(self) -> None:
        self.reader.deadline_s = time.monotonic() + self.server.client_timeout_s
        self.close_connection = True
        self.path, self.command, self.headers = "", "", Message()
        try:
            self.raw_requestline = self.rfile.readline(65537)
            if not self.raw_requestline or not self.parse_request():
                return
        except TimeoutError:
            return
        with self.server.serving():
            self._serve()

    def handle_expect_100(self) -> bool:
        return True  # said only once the length is judged

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:  # noqa: ARG002 the base class hands it in
        """Called by parse_request for a malformed request line or header."""
        self.unread = True
        text = message or "This is not an HTTP request that the board understands."
        refused = RefusedError(status=int(code), code="bad_request", message=text)
        self._finish(answer=refused.response(), request=None, who=Who.PUBLIC)

    def log_message(self, *_arguments: Any) -> None:
        """The access log is written by _finish; nothing goes to the terminal."""

    def version_string(self) -> str:
        return "picture-board"

    def _serve(self) -> None:
        who, request = Who.PUBLIC, None
        framed = "Content-Length" in self.headers or "Transfer-Encoding" in self.headers
        self.unread = framed or self.command not in {"GET", "HEAD"}
        try:
            path, _, query = self.path.partition("?")
            route, name = find_route(method=self.command, path=path)
            who = self._who(route)
            request = self._read(route=route, path=path, query=query, who=who)
            answer = self._answer(route=route, request=request, name=name)
        except RefusedError as refused:
            answer = self._refusal(refused)
        except ConnectionError:
            answer = Hangup()
        except Exception:  # one broken request must not end the connection without a word
            traceback.print_exc()
            message = "The board failed. Try again."
            answer = self._refusal(RefusedError(status=500, code="broken", message=message))
        self._finish(answer=answer, request=request, who=who)

    def _answer(self, *, route: Route, request: Request, name: str) -> Answer:
        board = self._board()
        if not route.misbehaves:
            return route.handler(board, request, name)
        return misbehaviour.served_badly(
            store=board.store,
            settings=settings.load(store=board.store),
            work=lambda: route.handler(board, request, name),
        )

    def _refusal(self, refused: RefusedError) -> Response:
        """A page for whoever reads it in a browser, JSON for programs; partners always get JSON."""
        if self.path.startswith("/operator/") or not accepts_html(self.headers):
            return refused.response()
        page = templates.refused_page(message=refused.message)
        return html_response(page=page, status=refused.status, headers=refused.headers)

    def _who(self, route: Route) -> Who:
        if not route.for_operator:
            known = members.is_member(store=self._board().store, headers=self.headers)
            return Who.MEMBER if known else Who.PUBLIC
        given = str(self.headers.get("Authorization", "")).encode(errors="replace")
        if hmac.compare_digest(given, f"Bearer {self._board().operator_token}".encode()):
            return Who.OPERATOR
        message = "Send the operator's token as Authorization: Bearer TOKEN."
        challenge = {"WWW-Authenticate": "Bearer"}
        raise RefusedError(
            status=401, code="no_access", field_name="Authorization", message=message, headers=challenge
        )

    def _read(self, *, route: Route, path: str, query: str, who: Who) -> Request:
        has_body = self.command == "POST"
        length = framing.body_length(headers=self.headers, at_most=route.body_bytes, has_body=has_body)
        if str(self.headers.get("Expect", "")).lower() == "100-continue":
            self.send_response_only(100)
            self.end_headers()
        try:
            values = parse_qs(query, max_num_fields=10)
            body = self.rfile.read(length)
        except TimeoutError as error:
            message = "The body did not arrive in time."
            raise RefusedError(status=408, code="too_slow", message=message) from error
        except ValueError as error:
            raise RefusedError(status=400, code="bad_query", message="The query is too long.") from error
        if len(body) < length:
            raise ConnectionAbortedError("the client left in the middle of its body")
        self.unread = False
        return Request(
            method=self.command,
            path=path,
            query={name: found[-1] for name, found in values.items()},
            headers=self.headers,
            body=body,
            who=who,
        )

    def _finish(self, *, answer: Answer, request: Request | None, who: Who) -> None:
        """The line is in the log before the first byte of the answer is out."""
        self._log(status=answer.status if isinstance(answer, Response) else None, request=request, who=who)
        if isinstance(answer, Hangup):
            self.close_connection = True
            return
        self.close_connection = self.close_connection or self.unread
        self.connection.settimeout(self.server.client_timeout_s)
        self._write(answer)
        if self.unread:
            framing.discard(connection=self.connection, for_s=LINGER_S)

    def _write(self, answer: Response) -> None:
        self.send_response(answer.status)
        headers = {**ALWAYS, "Content-Type": answer.content_type, "Content-Length": str(len(answer.body))}
        headers.update(answer.headers)
        if self.close_connection:
            headers["Connection"] = "close"
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    def _log(self, *, status: int | None, request: Request | None, who: Who) -> None:
        path = self.path.partition("?")[0]
        keeps_digest = (
            request is not None and request.body and path != "/login"
        )  # a password's digest is guessable
        self._board().access_log.write(
            Entry(
                at=posts.now_text(),
                method=self.command or "",
                path=path,
                status=status,
                who=who,
                idempotency_key=self.headers.get("Idempotency-Key"),
                body_sha256=hashlib.sha256(request.body).hexdigest() if request and keeps_digest else None,
                user_agent=self.headers.get("User-Agent"),
            )
        )

    def _board(self) -> Board:
        assert self.server.board is not None
        return self.server.board
