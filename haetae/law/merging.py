"""A pack is a folder: its files are read as one, and nothing may be said twice."""

import tomllib
from collections.abc import Mapping
from typing import Any

from haetae.law.table import PackError, Said


def merged(texts: Mapping[str, str], *, name: str) -> Said:
    """What the TOML texts of a pack's files say together; `texts` by file name, read in its order."""
    together = Said()
    for part, text in sorted(texts.items()):
        try:
            values = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise PackError(f"{name}: {part} is not valid TOML: {error}") from error
        _add(values, to=together, part=part, where=f"{name}: {part} says")
    return together


def _add(values: Mapping[str, Any], *, to: Said, part: str, where: str) -> None:
    for key, value in values.items():
        if key not in to:
            to[key] = _said(value, part=part)
            to.parts[key] = part
        elif isinstance(value, dict) and isinstance(to[key], Said):
            to[key].part = None
            _add(value, to=to[key], part=part, where=f"{where} [{key}]")
        else:
            raise PackError(f"{where} '{key}' once more; say it in one file.")


def _said(value: Any, *, part: str) -> Any:
    if isinstance(value, dict):
        said = Said({key: _said(inner, part=part) for key, inner in value.items()})
        said.part, said.parts = part, dict.fromkeys(value, part)
        return said
    return [_said(row, part=part) for row in value] if isinstance(value, list) else value
