"""What the operator's partners may ask with the operator's token: delete, block for now, restore, look up."""

import hashlib
import re
import time
from functools import partial
from typing import Any
from urllib.parse import unquote

from sandbox_platform import deletion_requests, posts, settings, upload_checks
from sandbox_platform.board import Board
from sandbox_platform.decisions import ordered_answer
from sandbox_platform.locators import located_post
from sandbox_platform.messages import RefusedError, Request, Response, bad_field, json_object, json_response
from sandbox_platform.posts import Post, State
from sandbox_platform.settings import Misbehaviour

KEY = re.compile(r"[A-Za-z0-9._~:-]{1,200}")
# The one form of a notice that the board reads, and what it can do about one.
FORM = "notice/1"
DOES = ("delete", "block_access")
# The failing under which a move is only claimed.
CLAIMS = {
    State.QUARANTINED: Misbehaviour.CLAIMS_WITHOUT_BLOCKING,
    State.LIVE: Misbehaviour.CLAIMS_WITHOUT_RESTORING,
}


def ask_deletion(board: Board, request: Request, _name: str) -> Response:
    key = _checked_key(request)
    asked = json_object(body=request.body)
    _check_notice(asked)
    stored = deletion_requests.answer_once(
        store=board.store,
        settings=settings.load(store=board.store),
        asked=deletion_requests.Asked(
            key=key,
            body_sha256=hashlib.sha256(request.body).hexdigest(),
            post_id=located_post(asked["locator"], board=board, host=request.headers.get("Host")),
            ordered=ordered_answer(asked),
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


def media_bytes(board: Board, _request: Request, post_id: str) -> Response:
    """The picture of a public post, also while it is hidden; what was for members only is handed to nobody else."""
    post = posts.find(store=board.store, post_id=post_id)
    if post is None or post.members_only:
        raise _unknown(what="public picture with this id")
    picture = None if post.state == State.REMOVED else board.store.read_media(post_id=post_id)
    if picture is None:
        message = "This picture was removed and its bytes are deleted."
        raise RefusedError(status=410, code="already_removed", message=message)
    return Response(status=200, body=picture, content_type=post.media_type)


def quarantine(board: Board, request: Request, post_id: str) -> Response:
    return _moved(board=board, request=request, post_id=post_id, to=State.QUARANTINED)


def restore(board: Board, request: Request, post_id: str) -> Response:
    return _moved(board=board, request=request, post_id=post_id, to=State.LIVE)


def show_config(board: Board, _request: Request, _name: str) -> Response:
    return json_response(value=settings.shown(settings=settings.load(store=board.store)))


def change_config(board: Board, request: Request, _name: str) -> Response:
    changed = settings.change(store=board.store, changes=json_object(body=request.body))
    return json_response(value=settings.shown(settings=changed))


def show_access_log(board: Board, request: Request, _name: str) -> Response:
    return json_response(value={"lines": board.access_log.after(index=_after(request))})


def show_upload_checks(board: Board, request: Request, _name: str) -> Response:
    return json_response(value={"lines": upload_checks.after(store=board.store, index=_after(request))})


def _moved(*, board: Board, request: Request, post_id: str, to: State) -> Response:
    """Safe to repeat, so a key is only logged; what is removed cannot come back."""
    if "Idempotency-Key" in request.headers:
        _checked_key(request)
    if request.body:
        json_object(body=request.body)
    only_claims = settings.load(store=board.store).misbehave == CLAIMS[to]
    move = posts.state_of if only_claims else partial(posts.move, to=to)
    state = move(store=board.store, post_id=post_id)
    if state is None:
        raise _unknown(what="picture with this id")
    if state == State.REMOVED:
        message = "This picture was removed and its bytes are deleted."
        raise RefusedError(status=409, code="already_removed", message=message)
    return json_response(value={"id": post_id, "state": to})


def _checked_key(request: Request) -> str:
    key = str(request.headers.get("Idempotency-Key", ""))
    if not KEY.fullmatch(key):
        message = "Send an Idempotency-Key of 1 to 200 letters, digits or any of . _ ~ : -"
        raise bad_field(field_name="Idempotency-Key", message=message)
    return key


def _after(request: Request) -> int:
    after = request.query.get("after", "0")
    if not re.fullmatch(r"[0-9]{1,12}", after):
        message = "after must be the number of the last line you have, or 0."
        raise bad_field(field_name="after", message=message)
    return int(after)


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


def _check_notice(asked: dict[str, Any]) -> None:
    """What the board needs of a notice. It reads no other form, and guesses nothing."""
    if asked.get("schema") != FORM:
        message = f"schema must be {FORM}: this board reads no other form."
        raise RefusedError(status=400, code="unknown_schema", field_name="schema", message=message)
    if asked.get("asked") not in DOES:
        message = f"asked must be one of {', '.join(DOES)}: this board can do nothing else for a notice."
        raise bad_field(field_name="asked", message=message)
    if not isinstance(asked.get("locator"), dict):
        raise bad_field(field_name="locator", message="locator must be a JSON object.")
    if not isinstance(asked.get("fingerprints", {}), dict):
        message = "fingerprints must be a JSON object, or be left out."
        raise bad_field(field_name="fingerprints", message=message)
    basis = asked.get("legal_basis")
    named = basis.get("id") if isinstance(basis, dict) else None
    if not isinstance(named, str) or not named.strip():
        message = "legal_basis.id must name the law that the request rests on."
        raise bad_field(field_name="legal_basis.id", message=message)


def _found(stored: deletion_requests.Stored | None, *, what: str) -> Response:
    if stored is None:
        raise _unknown(what=what)
    return json_response(value=stored.shown())


def _unknown(*, what: str) -> RefusedError:
    return RefusedError(status=404, code="unknown", message=f"There is no {what}.")
