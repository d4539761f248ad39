"""A worksheet as JSON that anybody can work out again, and its digest. Pure."""

import hashlib
import json
from typing import Any, Final

import rfc8785
from pydantic import TypeAdapter, ValidationError

from haetae.agencies.enforcement.sanctions.worksheet import working
from haetae.agencies.enforcement.sanctions.worksheet.facts import Worksheet

SCHEMA: Final = "haetae.worksheet/1"
_SHAPE: Final = TypeAdapter(Worksheet)


class AlteredSheetError(ValueError):
    """What stands there is no worksheet, or does not come to the sum that it names."""


def as_json(sheet: Worksheet) -> dict[str, Any]:
    """Everything that the sum rests on, with a note that it proposes and is no law."""
    return {
        "schema": SCHEMA,
        "standing": "proposal, not law",
        "rounding": "each product is cut down to the whole won",
        **_SHAPE.dump_python(sheet, mode="json"),
    }


def canonical(sheet: Worksheet) -> str:
    """RFC 8785, so that one sheet has one digest."""
    return rfc8785.dumps(as_json(sheet)).decode()


def digest_of(text: str) -> str:
    """SHA-256 of the canonical text, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def read(text: str) -> Worksheet:
    """A sheet out of its own JSON, worked out anew. Raises AlteredSheetError when it does not come out the same."""
    try:
        told = json.loads(text)
        if not isinstance(told, dict) or told.get("schema") != SCHEMA:
            raise AlteredSheetError(f"This is no {SCHEMA}.")
        sheet = _SHAPE.validate_python(told)
        anew = working.again(sheet)
    except (ValueError, LookupError, StopIteration, AssertionError, ValidationError) as error:
        raise AlteredSheetError(f"This is no worksheet that can be worked out: {error}") from error
    if as_json(anew) != told:
        raise AlteredSheetError(
            f"It names {sheet.amount:,} and works out to {anew.amount:,}, or a line between differs."
        )
    return sheet
