"""The published JSON Schema, and a checker that also looks at addresses, moments and mailboxes."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any, Final
from urllib.parse import urlsplit

from jsonschema import Draft202012Validator, FormatChecker

FILE: Final = "notice-1.schema.json"


@cache
def schema_bytes() -> bytes:
    """The schema as it is published, byte for byte."""
    return files("haetae.notice").joinpath("schema", FILE).read_bytes()


@cache
def schema() -> Mapping[str, Any]:
    loaded: dict[str, Any] = json.loads(schema_bytes())
    return loaded


@cache
def validator() -> Draft202012Validator:
    return Draft202012Validator(schema(), format_checker=formats())


@cache
def formats() -> FormatChecker:
    """The library checks uuid and date itself; for these three it would need three libraries more."""
    checker = FormatChecker(formats=("uuid", "date"))
    checker.checks("uri", raises=ValueError)(_is_web_address)
    checker.checks("date-time", raises=ValueError)(_is_moment)
    checker.checks("email")(_is_mailbox)
    return checker


def _is_web_address(value: object) -> bool:
    if not isinstance(value, str):
        return True  # another rule says that it must be a text
    parts = urlsplit(value)
    _ = parts.port  # raises where it is no number
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.username is None


def _is_moment(value: object) -> bool:
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None


def _is_mailbox(value: object) -> bool:
    if not isinstance(value, str):
        return True
    name, at, domain = value.rpartition("@")
    plain = value.isascii() and value.isprintable() and " " not in value
    return bool(name and at and plain) and "." in domain.strip(".") and domain == domain.strip(".")
