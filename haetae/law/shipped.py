"""Which packs are shipped: a folder each, with the law of one country. Some of them can be a home as well."""

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

from haetae.law.table import PackError

# What the loop from a report to a removal needs; a folder without it holds the law of another country.
_HOME: Final = "flow.toml"


@cache
def packs() -> tuple[str, ...]:
    """Every country whose law is here."""
    return tuple(sorted(folder.name for folder in files("haetae.law").iterdir() if _has(folder, "pack.toml")))


@cache
def home_packs() -> tuple[str, ...]:
    """Those under which an installation can run."""
    return tuple(pack_id for pack_id in packs() if _has(_folder(pack_id), _HOME))


def pack_texts(pack_id: str) -> dict[str, str]:
    """The texts of a shipped pack by file name. Raises PackError for an unknown one; nothing else is ever opened."""
    if pack_id not in packs():
        raise PackError(f"There is no pack '{pack_id}'; the packs here are {', '.join(packs())}.")
    parts = [part for part in _folder(pack_id).iterdir() if part.name.endswith(".toml")]
    return {part.name: part.read_text(encoding="utf-8") for part in parts}


def _folder(pack_id: str) -> Traversable:
    return files("haetae.law").joinpath(pack_id)


def _has(folder: Traversable, name: str) -> bool:
    return folder.is_dir() and folder.joinpath(name).is_file()
