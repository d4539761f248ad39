"""Whether an export fits its form and the conditions of the EU's database. What does not is never handed out."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

from jsonschema import Draft202012Validator

from haetae.notice.published import formats

_FILE: Final = "statements-1.schema.json"


class UnfitExportError(ValueError):
    """An export that does not fit: a fault of ours. Its words name the places, and never what stands there."""


@cache
def validator() -> Draft202012Validator:
    schema = files("haetae.operators.statements").joinpath("schema", _FILE).read_text(encoding="utf-8")
    return Draft202012Validator(json.loads(schema), format_checker=formats())


def refuse_unless_fit(export: Mapping[str, Any]) -> None:
    """Raises UnfitExportError, also where two statements share a number."""
    wrong = sorted({".".join(map(str, error.absolute_path)) for error in validator().iter_errors(export)})
    numbers = [one["puid"] for batch in export["batches"] for one in batch["statements"] if "puid" in one]
    if wrong or len(numbers) != len(set(numbers)):
        places = ", ".join(wrong) or "puid: the same twice"
        raise UnfitExportError(f"The statements do not fit the form at {places}.")
