"""What goes through the board: a request that was read whole, and the answer to it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message
from enum import StrEnum
from typing import Any


class Who(StrEnum):
    PUBLIC = "public"
    MEMBER = "member"
    OPERATOR = "operator"


@dataclass(frozen=True, kw_only=True)
class Request:
    """`path` is still percent-encoded, as it came; `query` keeps the last value of each name."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Message
    body: bytes
    who: Who


@dataclass(frozen=True, kw_only=True)
class Response:
    status: int
    body: bytes = b""
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Hangup:
    """The work may be done, but the connection is closed and no byte is answered."""


Answer = Response | Hangup


class RefusedError(Exception):
    """A request that the board will not serve. `field_name` is the header or JSON field at fault, if any."""

    def __init__(
        self,
        *,
        status: int,
        code: str,
        message: str,
        field_name: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status, self.code, self.message, self.field_name = status, code, message, field_name
        self.headers = dict(headers or {})

    def response(self) -> Response:
        facts = {"error": self.code, "field": self.field_name, "message": self.message}
        return json_response(status=self.status, value=facts, headers=self.headers)


def bad_field(*, field_name: str, message: str) -> RefusedError:
    return RefusedError(status=400, code="bad_field", field_name=field_name, message=message)


def json_response(*, value: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    body = json.dumps(value, ensure_ascii=False).encode() + b"\n"
    return Response(status=status, body=body, content_type="application/json", headers=headers or {})


def html_response(*, page: str, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    return Response(
        status=status, body=page.encode(), content_type="text/html; charset=utf-8", headers=headers or {}
    )


def accepts_html(headers: Message) -> bool:
    """Browsers say so; a program that reads JSON does not."""
    return "text/html" in str(headers.get("Accept", ""))


def redirect(*, to: str, status: int = 302, headers: Mapping[str, str] | None = None) -> Response:
    return Response(status=status, content_type="text/plain", headers={"Location": to, **(headers or {})})


def json_object(*, body: bytes) -> dict[str, Any]:
    """The body as a JSON object; anything else is refused with 400. NaN and infinities are not JSON."""
    try:
        value = json.loads(body, parse_constant=_not_json)
    except (ValueError, RecursionError) as error:
        message = "The body is not valid JSON. Send one JSON object in UTF-8."
        raise RefusedError(status=400, code="bad_json", field_name="body", message=message) from error
    if not isinstance(value, dict):
        message = "The body must be one JSON object, such as {}."
        raise RefusedError(status=400, code="bad_json", field_name="body", message=message)
    return value


def _not_json(constant: str) -> None:
    raise ValueError(f"{constant} is not a JSON value")
