"""What the operator's partners may ask with the operator's token: delete, block for now, restore, look up."""

import hashlib
import re
import time
from typing import Any
from urllib.parse import unquote, urlsplit

from sandbox_platform import deletion_requests, posts, settings
from sandbox_platform.board import Board
from sandbox_platform.messages import RefusedError, Request, Response, json_object, json_response
from sandbox_platform.posts import Post, State

KEY = re.compile(r"[A-Za-z0-9._~:-]{1,200}")
LOCATOR_PATHS = {"page": re.compile(r"/p/([0-9a-f]{16})"), "media": re.compile(r"/m/([0-9a-f]{16})")}


def ask_deletion(board: Board, request: Request, _name: str) -> Response:
    key = str(request.headers.get("Idempotency-Key", ""))
    if not KEY.fullmatch(key):
        message = "Send an Idempotency-Key of 1 to 200 letters, digits or any of . _ ~ : -"
        raise _bad(field_name="Idempotency-Key", message=message)
    asked = json_object(body=request.body)
    _check_fields(asked)
    stored = deletion_requests.answer_once(
        store=board.store,
        settings=settings.load(store=board.store),
        asked=deletion_requests.Asked(
            key=key,
            body_sha256=hashlib.sha256(request.body).hexdigest(),
            post_id=_located_post(asked["locator"], board=board, host=request.headers.get("Host")),
        ),
        now_s=time.time(),
    )
    return json_response(value=stored.shown())


def deletion_by_key(board: Board, _request: Request, name: str) -> Response:
    stored = deletion_requests.find_by_key(store=board.store, key=unquote(name))
    return _found(stored, what="request with this Idempotency-Key")


def deletion_by_reference(board: Board, _request: Request, name: str) -> Response:
    stored = deletion_requests.find_by_reference(store=board.store, reference=name)
    return _found(stored, what="request with this reference")


def media_facts(board: Board, _request: Request, post_id: str) -> Response:
    post = posts.find(store=board.store, post_id=post_id)
    if post is None:
        raise _unknown(what="picture with this id")
    return json_response(value=_facts(board=board, post=post))


def quarantine(board: Board, _request: Request, post_id: str) -> Response:
    return _moved(board=board, post_id=post_id, to=State.QUARANTINED)


def restore(board: Board, _request: Request, post_id: str) -> Response:
    return _moved(board=board, post_id=post_id, to=State.LIVE)


def show_config(board: Board, _request: Request, _name: str) -> Response:
    return json_response(value=settings.shown(settings=settings.load(store=board.store)))


def change_config(board: Board, request: Request, _name: str) -> Response:
    changed = settings.change(store=board.store, changes=json_object(body=request.body))
    return json_response(value=settings.shown(settings=changed))


def show_access_log(board: Board, request: Request, _name: str) -> Response:
    after = request.query.get("after", "0")
    if not re.fullmatch(r"[0-9]{1,12}", after):
        raise _bad(field_name="after", message="after must be the number of the last line you have, or 0.")
    return json_response(value={"lines": board.access_log.after(index=int(after))})


def _moved(*, board: Board, post_id: str, to: State) -> Response:
    """Safe to repeat; what is removed cannot come back."""
    state = posts.move(store=board.store, post_id=post_id, to=to)
    if state is None:
        raise _unknown(what="picture with this id")
    if state == State.REMOVED:
        message = "This picture was removed and its bytes are deleted."
        raise RefusedError(status=409, code="already_removed", message=message)
    return json_response(value={"id": post_id, "state": state})


def _facts(*, board: Board, post: Post) -> dict[str, Any]:
    return {
        "id": post.id,
        "sha256": post.sha256,
        "state": post.state,
        "created_at": post.created_at,
        "media_type": post.media_type,
        "members_only": post.members_only,
        "page": board.page_address(post),
        "media": board.media_address(post),
    }


def _check_fields(asked: dict[str, Any]) -> None:
    for name in ("notice", "locator"):
        if not isinstance(asked.get(name), dict):
            raise _bad(field_name=name, message=f"{name} must be a JSON object.")
    if not isinstance(asked.get("fingerprints", {}), dict):
        raise _bad(field_name="fingerprints", message="fingerprints must be a JSON object, or be left out.")
    basis = asked.get("legal_basis")
    if not isinstance(basis, str) or not basis.strip():
        raise _bad(
            field_name="legal_basis", message="legal_basis must name the law that the request rests on."
        )


def _located_post(locator: dict[str, Any], *, board: Board, host: str | None) -> str:
    """The id that page and media agree on; at least one of the two must be given."""
    given = {name: locator[name] for name in LOCATOR_PATHS if locator.get(name) is not None}
    if not given:
        raise _bad(
            field_name="locator", message="locator must hold the address of the page, the media, or both."
        )
    found = {_post_id(name=name, address=address, board=board, host=host) for name, address in given.items()}
    if len(found) > 1:
        raise _bad(field_name="locator", message="locator.page and locator.media belong to different posts.")
    return found.pop()


def _post_id(*, name: str, address: object, board: Board, host: str | None) -> str:
    field_name = f"locator.{name}"
    if not isinstance(address, str):
        raise _bad(field_name=field_name, message=f"{field_name} must be an address in a text.")
    try:
        parts = urlsplit(address)
    except ValueError as error:
        raise _bad(field_name=field_name, message=f"{field_name} is not an address.") from error
    fitting = LOCATOR_PATHS[name].fullmatch(parts.path)
    if parts.netloc not in {urlsplit(board.origin).netloc, host} or fitting is None:
        raise _bad(
            field_name=field_name, message=f"{field_name} is not the address of a {name} on this board."
        )
    return fitting.group(1)


def _found(stored: deletion_requests.Stored | None, *, what: str) -> Response:
    if stored is None:
        raise _unknown(what=what)
    return json_response(value=stored.shown())


def _unknown(*, what: str) -> RefusedError:
    return RefusedError(status=404, code="unknown", message=f"There is no {what}.")


def _bad(*, field_name: str, message: str) -> RefusedError:
    return RefusedError(status=400, code="bad_field", field_name=field_name, message=message)
