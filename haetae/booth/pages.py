"""The two pages of a booth, one for each language: every screen of it in one document, readable without a script."""

import json
from base64 import b64encode
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import segno
from django.template import Context, Engine

from haetae.booth.joining import joined
from haetae.booth.kiosk import Kiosk, Language
from haetae.booth.learning import courses, helplines
from haetae.booth.pairs import PAIRS, Pair
from haetae.booth.samples import Sample
from haetae.booth.words import Words, words_of
from haetae.detect.matching.known import REACH_BITS

_HERE: Final = Path(__file__).parent
_PORTAL_FILES: Final = _HERE.parent / "web" / "static" / "haetae"
# Django's templates alone: no settings are read, so that no database is needed to write a folder.
_ENGINE: Final = Engine(dirs=[str(_HERE / "templates")], string_if_invalid="[%s]")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPair:
    """`first` and `second` are what somebody is told who does not see the pictures; neither gives the answer."""

    pair: Pair
    words: Words
    first: str
    second: str


def page_name(language: Language, kiosk: Kiosk) -> str:
    """The booth's first language is the page that opens by itself."""
    return "index.html" if language is kiosk.first else f"{language}.html"


def page(language: Language, kiosk: Kiosk, samples: tuple[Sample, ...]) -> str:
    """One whole page. Raises LessonError."""
    words = words_of(language, kiosk)
    other = next(one for one in Language if one is not language)
    shown: dict[str, Any] = {
        "w": words,
        "language": language.value,
        "other": {"code": other.value, "page": page_name(other, kiosk)},
        "home": page_name(kiosk.first, kiosk),
        "kiosk": kiosk,
        "reach": REACH_BITS,
        "pairs": [_shown(pair, words) for pair in PAIRS],
        "samples": [{"name": sample.name, "words": words["code"][sample.name]} for sample in samples],
        "courses": courses(kiosk, language),
        "lines": helplines(kiosk, language),
    }
    text = _ENGINE.get_template("page.html").render(Context(shown, use_l10n=False, use_tz=False))
    return "\n".join(line for line in text.splitlines() if line.strip()) + "\n"


def script(samples: tuple[Sample, ...]) -> str:
    """The booth's own modules around those of the portal, so that both compute the very same codes."""
    modules = {
        path.stem: path.read_text(encoding="utf-8")
        for path in sorted((_PORTAL_FILES / "hashing").glob("*.js"))
    }
    modules |= {
        path.stem: path.read_text(encoding="utf-8") for path in sorted((_HERE / "scripts").glob("*.js"))
    }
    pictures = {sample.name: b64encode(sample.jpeg).decode() for sample in samples}
    modules["pictures"] = f"export const PICTURES = {json.dumps(pictures)};"
    return joined(modules, first="booth")


def styles() -> dict[str, str]:
    """The portal's colours, type and buttons, and the booth's own."""
    return {
        "base.css": (_PORTAL_FILES / "base.css").read_text(encoding="utf-8"),
        "booth.css": (_HERE / "booth.css").read_text(encoding="utf-8"),
    }


def qr(address: str) -> str:
    """As SVG, dark on white with the quiet zone that the standard asks for."""
    out = BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", xmldecl=False, scale=8, light="#ffffff")
    return out.getvalue().decode("utf-8")


def _shown(pair: Pair, words: Words) -> ShownPair:
    said = words["pairs"][pair.name]
    kinds = ("altered", "original") if pair.altered_is_first else ("original", "altered")
    return ShownPair(pair=pair, words=said, first=said[kinds[0]], second=said[kinds[1]])
