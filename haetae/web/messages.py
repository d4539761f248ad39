"""Compiling what translators write (.po) into what Django reads (.mo), without gettext on the machine."""

import secrets
from pathlib import Path
from typing import Final

import polib

_FOLDER: Final = Path(__file__).parent / "locale"


def compile_messages() -> int:
    """Compile every catalogue beside its source; returns how many. Several processes may do it at once."""
    sources = sorted(_FOLDER.glob("*/LC_MESSAGES/*.po"))
    for source in sources:
        draft = source.with_suffix(f".{secrets.token_hex(4)}.draft")
        polib.pofile(str(source), encoding="utf-8").save_as_mofile(str(draft))
        draft.replace(source.with_suffix(".mo"))
    return len(sources)
