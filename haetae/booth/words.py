"""What the screens say, from one file for each language, with what is only known when they are made."""

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Any, Final

from haetae.booth.kiosk import Kiosk, Language
from haetae.booth.pairs import PAIRS
from haetae.detect.matching.known import REACH_BITS
from haetae.documents.words import long_day

# Tables of words under their names, as in the file: words["start"]["title"].
Words = Mapping[str, Any]
_BITS: Final = 256


def words_of(language: Language, kiosk: Kiosk) -> Words:
    """Everything of one language, filled."""
    text = files("haetae.booth").joinpath("texts", f"{language}.toml").read_text(encoding="utf-8")
    told = sum(pair.can_be_told for pair in PAIRS)
    gaps = {
        "pairs": str(len(PAIRS)),
        "tellable": str(told),
        "untellable": str(len(PAIRS) - told),
        "reach": str(REACH_BITS),
        "bits": str(_BITS),
        "day": long_day(kiosk.on, language),
        "law_day": long_day(kiosk.pack.version, language),
    }
    return {name: _filled(value, gaps) for name, value in tomllib.loads(text).items()}


def _filled(value: Any, gaps: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        for name, said in gaps.items():
            value = value.replace(f"{{{name}}}", said)
        return value
    if isinstance(value, list):
        return [_filled(text, gaps) for text in value]
    return {name: _filled(inner, gaps) for name, inner in value.items()}
