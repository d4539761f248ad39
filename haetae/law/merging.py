"""A pack is a folder: its files are read as one, and nothing may be said twice."""

import tomllib
from collections.abc import Mapping
from typing import Any

from haetae.law.table import PackError

Values = dict[str, Any]


def merged(texts: Mapping[str, str], *, name: str) -> Values:
    """What the TOML texts of a pack's files say together; `texts` by file name, read in its order."""
    together: Values = {}
    for part, text in sorted(texts.items()):
        try:
            values = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise PackError(f"{name}: {part} is not valid TOML: {error}") from error
        _add(values, to=together, where=f"{name}: {part} says")
    return together


def _add(values: Values, *, to: Values, where: str) -> None:
    for key, value in values.items():
        if key not in to:
            to[key] = value
        elif isinstance(value, dict) and isinstance(to[key], dict):
            _add(value, to=to[key], where=f"{where} [{key}]")
        else:
            raise PackError(f"{where} '{key}' once more; say it in one file.")
