"""What anybody may do without an account, and what a member sees more."""

import hashlib
import re
from pathlib import Path
from urllib.parse import parse_qs

from sandbox_platform import members, posts, templates, upload_checks, upload_hook
from sandbox_platform.board import Board
from sandbox_platform.messages import (
    RefusedError,
    Request,
    Response,
    Who,
    accepts_html,
    html_response,
    json_response,
    redirect,
)
from sandbox_platform.posts import Post, State
from sandbox_platform.settings import Settings, TombstoneStyle, load
from sandbox_platform.upload_checks import PUBLISHING, Check
from sandbox_platform.uploads import read_upload

STYLE = Path(__file__).with_name("board.css").read_bytes()
OWN_PATH = re.compile(r"/(?:[pm]/[0-9a-f]{16})?")


def index(board: Board, request: Request, _name: str) -> Response:
    member = request.who == Who.MEMBER
    listed = posts.newest(store=board.store, with_members_only=member)
    return html_response(page=templates.index_page(posts=listed, member=member))


def style(_board: Board, _request: Request, _name: str) -> Response:
    return Response(status=200, body=STYLE, content_type="text/css; charset=utf-8")


def publish(board: Board, request: Request, _name: str) -> Response:
    """Publishes the picture unless its bytes are known or the upload hook says no."""
    upload, settings = read_upload(request=request), load(store=board.store)
    sha256 = hashlib.sha256(upload.picture).hexdigest()
    if settings.block_known_bytes and posts.is_blocked(store=board.store, sha256=sha256):
        message = "These exact bytes were removed from this board before and stay out."
        raise RefusedError(status=403, code="known_removed_bytes", message=message)
    post = Post(
        id=posts.new_id(),
        title=upload.title,
        members_only=upload.members_only,
        media_type=upload.media_type,
        sha256=sha256,
        state=State.LIVE,
        created_at=posts.now_text(),
    )
    check = _checked(board=board, settings=settings, post=post, picture=upload.picture)
    posts.publish(store=board.store, post=post, picture=upload.picture, check=check)
    return _published(board=board, request=request, post=post)


def page(board: Board, request: Request, post_id: str) -> Response:
    post = posts.find(store=board.store, post_id=post_id)
    if post is None or post.state == State.QUARANTINED:
        return missing()
    if post.state == State.REMOVED:
        settings = load(store=board.store)
        as_page = settings.tombstone_style == TombstoneStyle.PAGE
        return html_response(page=templates.removed_page(with_status=as_page), status=200 if as_page else 410)
    if post.members_only and request.who == Who.PUBLIC:
        return _to_login(request)
    text = templates.post_page(post=post, page=board.page_address(post), media=board.media_address(post))
    return html_response(page=text)


def media(board: Board, request: Request, post_id: str) -> Response:
    post = posts.find(store=board.store, post_id=post_id)
    if post is None or post.state == State.QUARANTINED:
        return missing()
    if post.state == State.LIVE and post.members_only and request.who == Who.PUBLIC:
        return _to_login(request)
    picture = None if post.state == State.REMOVED else board.store.read_media(post_id=post_id)
    if picture is None:
        return html_response(page=templates.removed_page(with_status=False), status=410)
    return Response(status=200, body=picture, content_type=post.media_type)


def login_form(_board: Board, request: Request, _name: str) -> Response:
    return html_response(page=templates.login_page(target=_own_path(request.query.get("next")), wrong=False))


def login(board: Board, request: Request, _name: str) -> Response:
    try:
        form = parse_qs(request.body.decode(), max_num_fields=10)
    except ValueError as error:
        message = "The form must be URL-encoded UTF-8 with the fields password and next."
        raise RefusedError(status=400, code="bad_form", field_name="body", message=message) from error
    target = _own_path(form.get("next", ["/"])[0])
    if not members.password_fits(settings=load(store=board.store), password=form.get("password", [""])[0]):
        return html_response(page=templates.login_page(target=target, wrong=True), status=403)
    return redirect(to=target, status=303, headers={"Set-Cookie": members.sign_in(store=board.store)})


def missing() -> Response:
    return html_response(page=templates.missing_page(), status=404)


def _checked(*, board: Board, settings: Settings, post: Post, picture: bytes) -> Check | None:
    """What the upload hook said, or None where there is none. Raises RefusedError unless it may be published."""
    if settings.upload_hook_url is None:
        return None
    headers = {
        "Content-Type": post.media_type,
        "X-Post-Id": post.id,
        "X-Page": board.page_address(post),
        "X-Media": board.media_address(post),
        "User-Agent": "sandbox-platform",
    }
    outcome, elapsed_ms = upload_hook.ask(settings=settings, picture=picture, headers=headers)
    check = Check(at=posts.now_text(), post_id=post.id, outcome=outcome, elapsed_ms=elapsed_ms)
    if outcome not in PUBLISHING:
        with board.store.writing() as connection:
            upload_checks.keep(connection=connection, check=check)
        raise upload_hook.refusal(settings=settings, outcome=outcome)
    return check


def _published(*, board: Board, request: Request, post: Post) -> Response:
    """A browser is led to its new page; a program gets the addresses as JSON."""
    address = board.page_address(post)
    if accepts_html(request.headers):
        return redirect(to=address, status=303)
    facts = {"id": post.id, "page": address, "media": board.media_address(post)}
    return json_response(status=201, value=facts, headers={"Location": address})


def _to_login(request: Request) -> Response:
    return redirect(to=f"/login?next={request.path}")


def _own_path(target: str | None) -> str:
    """Never a foreign address: a sign-in form that leads elsewhere is an open redirect."""
    return target if target and OWN_PATH.fullmatch(target) else "/"
