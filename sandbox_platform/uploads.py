"""What an upload brings: a picture, a title, and whether it is for members only."""

import re
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesHeaderParser
from urllib.parse import unquote_to_bytes

from sandbox_platform.messages import RefusedError, Request

LONGEST_TITLE = 200
MOST_PARTS = 20


@dataclass(frozen=True, kw_only=True)
class Upload:
    title: str
    members_only: bool
    picture: bytes
    media_type: str


def read_upload(*, request: Request) -> Upload:
    """From a raw body with X-Title and X-Members-Only, or from a browser's form with the same three."""
    if request.headers.get_content_type() == "multipart/form-data":
        parts = form_parts(body=request.body, boundary=request.headers.get_param("boundary"))
        picture, title = parts.get("picture", b""), parts.get("title", b"")
        members_only, field_name = parts.get("members_only", b"no"), "picture"
    else:
        picture, title = request.body, unquote_to_bytes(_wire_bytes(request.headers, "X-Title"))
        members_only, field_name = _wire_bytes(request.headers, "X-Members-Only") or b"no", "body"
    return Upload(
        title=_title(title),
        members_only=_yes_or_no(members_only),
        picture=picture,
        media_type=media_type(picture=picture, field_name=field_name),
    )


def media_type(*, picture: bytes, field_name: str) -> str:
    """By the first bytes alone; what a client says about its file is not asked."""
    if picture.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if picture.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if picture.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if picture[:4] == b"RIFF" and picture[8:12] == b"WEBP":
        return "image/webp"
    if not picture:
        message = "There is no picture in this upload."
        raise RefusedError(status=400, code="no_picture", field_name=field_name, message=message)
    message = "The bytes are not a JPEG, PNG, WEBP or GIF picture."
    raise RefusedError(status=415, code="not_a_picture", field_name=field_name, message=message)


def form_parts(*, body: bytes, boundary: object) -> dict[str, bytes]:
    """The parts of a multipart form (RFC 7578) by name. `boundary` comes from the Content-Type header."""
    if not isinstance(boundary, str) or not re.fullmatch(r"[ -~]{1,70}", boundary):
        message = "A multipart form needs a boundary of 1 to 70 characters in its Content-Type."
        raise RefusedError(status=400, code="bad_form", field_name="Content-Type", message=message)
    pieces = (b"\r\n" + body).split(b"\r\n--" + boundary.encode(), MOST_PARTS + 1)
    if len(pieces) < 2 or not pieces[-1].startswith(b"--"):
        message = f"The form is incomplete or has more than {MOST_PARTS} parts."
        raise RefusedError(status=400, code="bad_form", field_name="body", message=message)
    return dict(_named_part(piece) for piece in pieces[1:-1])


def _named_part(piece: bytes) -> tuple[str, bytes]:
    head, separator, content = piece.partition(b"\r\n\r\n")
    headers: Message = BytesHeaderParser().parsebytes(head.lstrip(b" \t\r\n"))
    name = headers.get_param("name", header="Content-Disposition")
    if not separator or not isinstance(name, str):
        message = "A part of the form has no name."
        raise RefusedError(status=400, code="bad_form", field_name="body", message=message)
    return name, content


def _wire_bytes(headers: Message, name: str) -> bytes:
    """http.server reads header bytes as Latin-1; this gives the bytes back."""
    return str(headers.get(name, "")).encode("latin-1", errors="replace")


def _title(raw: bytes) -> str:
    try:
        title = raw.decode().strip() or "Untitled"
    except UnicodeDecodeError as error:
        message = "The title is not UTF-8. In X-Title it may be percent-encoded."
        raise RefusedError(status=400, code="bad_title", field_name="title", message=message) from error
    if len(title) > LONGEST_TITLE or not title.isprintable():
        message = f"The title must be one printable line of at most {LONGEST_TITLE} characters."
        raise RefusedError(status=400, code="bad_title", field_name="title", message=message)
    return title


def _yes_or_no(raw: bytes) -> bool:
    if raw in {b"yes", b"no"}:
        return raw == b"yes"
    message = "members_only must be yes or no."
    raise RefusedError(status=400, code="bad_members_only", field_name="members_only", message=message)
