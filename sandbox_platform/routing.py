"""Every address of the board, in one table."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from sandbox_platform import operator_api, public_pages
from sandbox_platform.board import Board
from sandbox_platform.messages import RefusedError, Request, Response

Handler = Callable[[Board, Request, str], Response]

PICTURE_BYTES = 32 * 1024 * 1024
JSON_BYTES = 1024 * 1024
FORM_BYTES = 16 * 1024


@dataclass(frozen=True, kw_only=True)
class Route:
    """The one group of `path`, if any, is handed to the handler. `misbehaves`: fails as the settings say."""

    method: str
    path: re.Pattern[str]
    handler: Handler
    body_bytes: int = 0
    for_operator: bool = False
    misbehaves: bool = False


def _public(method: str, path: str, handler: Handler, body_bytes: int = 0) -> Route:
    return Route(method=method, path=re.compile(path), handler=handler, body_bytes=body_bytes)


def _operator(method: str, path: str, handler: Handler, *, misbehaves: bool = True) -> Route:
    return Route(
        method=method,
        path=re.compile("/operator/v1" + path),
        handler=handler,
        body_bytes=JSON_BYTES if method == "POST" else 0,
        for_operator=True,
        misbehaves=misbehaves,
    )


ID = "([0-9a-f]{16})"
ROUTES = (
    _public("GET", "/", public_pages.index),
    _public("GET", "/board.css", public_pages.style),
    _public("POST", "/posts", public_pages.publish, PICTURE_BYTES),
    _public("GET", f"/p/{ID}", public_pages.page),
    _public("GET", f"/m/{ID}", public_pages.media),
    _public("GET", "/login", public_pages.login_form),
    _public("POST", "/login", public_pages.login, FORM_BYTES),
    _operator("POST", "/deletion-requests", operator_api.ask_deletion),
    _operator("GET", "/deletion-requests/by-key/([^/]{1,600})", operator_api.deletion_by_key),
    _operator("GET", "/deletion-requests/(R-[0-9a-f]{16})", operator_api.deletion_by_reference),
    _operator("GET", f"/media/{ID}", operator_api.media_facts),
    _operator("GET", f"/media/{ID}/bytes", operator_api.media_bytes),
    _operator("POST", f"/media/{ID}/quarantine", operator_api.quarantine),
    _operator("POST", f"/media/{ID}/restore", operator_api.restore),
    _operator("GET", "/config", operator_api.show_config, misbehaves=False),
    _operator("POST", "/config", operator_api.change_config, misbehaves=False),
    _operator("GET", "/access-log", operator_api.show_access_log, misbehaves=False),
    _operator("GET", "/upload-checks", operator_api.show_upload_checks, misbehaves=False),
)


def find_route(*, method: str, path: str) -> tuple[Route, str]:
    """The route and what its path's group holds. HEAD is served like GET. Raises RefusedError 404 or 405."""
    method = "GET" if method == "HEAD" else method
    fitting = [(route, match) for route in ROUTES if (match := route.path.fullmatch(path))]
    for route, match in fitting:
        if route.method == method:
            return route, match.group(1) if match.groups() else ""
    if not fitting:
        raise RefusedError(status=404, code="no_such_address", message="There is nothing at this address.")
    allowed = ", ".join(sorted({route.method for route, _ in fitting}))
    message = f"This address understands only {allowed}."
    raise RefusedError(status=405, code="wrong_method", message=message, headers={"Allow": allowed})
