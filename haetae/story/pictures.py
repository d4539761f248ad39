"""The pictures of the story: which one is made known, and the copy of it that appears on the platform."""

import io
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
from PIL import Image

from haetae.detect import Bank, OpenerPool, examine
from haetae.detect.finding import Fingerprints, Verdict
from haetae.detect.matching import KnownHash, Tier
from haetae.story.errors import UnusablePictureError

_PHOTOS = files("haetae.story") / "photos"
_SCREENSHOT_BAR_PX = 40


@dataclass(frozen=True, kw_only=True)
class KnownOriginal:
    """Hashes of the original, and a copy of it as others would pass it on."""

    fingerprints: Fingerprints
    copy: bytes

    def another_copy(self) -> bytes:
        """The copy once more, in other bytes, as when somebody posts it again."""
        return in_other_bytes(self.copy)


def photo(name: str) -> bytes:
    """One of the photographs that come with the story."""
    return (_PHOTOS / f"{name}.jpg").read_bytes()


def in_other_bytes(jpeg: bytes) -> bytes:
    """The same JPEG with a comment of its own behind its first mark (ITU T.81, B.2.4.5)."""
    words = secrets.token_hex(8).encode()
    return jpeg[:2] + b"\xff\xfe" + (len(words) + 2).to_bytes(2, "big") + words + jpeg[2:]


def known_original(data: bytes, *, share: float = 1.0, screenshot: bool = False) -> KnownOriginal:
    """Open the original once, in the isolated opener, hash it, and make the copy. Raises UnusablePictureError.

    The copy is grey and saved again; `share` of the original's width and height; with the bars of a `screenshot`.
    """
    with OpenerPool(size=1) as openers:
        finding = examine(data, bank=Bank(()), openers=openers)
        if finding.fingerprints is None or not finding.fingerprints.perceptual:
            raise UnusablePictureError(" ".join(reason.words for reason in finding.reasons))
        copy = _passed_on(openers.open(data).luma, share=share, screenshot=screenshot)
        rehearsal = examine(copy, bank=_bank_of(finding.fingerprints), openers=openers)
    if rehearsal.verdict is not Verdict.REQUEST:
        raise UnusablePictureError(
            "This picture cannot play the part: our hashes do not recognise a copy of it that was saved again. "
            "Choose one with more detail and at least 200 pixels on each side."
        )
    return KnownOriginal(fingerprints=finding.fingerprints, copy=copy)


def unlike(known: KnownOriginal, names: Sequence[str]) -> bytes:
    """The first of our photographs that the known one does not match: somebody may have given that very photograph."""
    bank = _bank_of(known.fingerprints)
    with OpenerPool(size=1) as openers:
        for name in names:
            if examine(photo(name), bank=bank, openers=openers).verdict is Verdict.NOTHING:
                return photo(name)
    raise UnusablePictureError(
        "This picture resembles all of our own photographs, so none of them can play with it."
    )


def _bank_of(fingerprints: Fingerprints) -> Bank:
    whole = fingerprints.perceptual[0]
    tier = Tier.COUNSELLOR_CHECKED
    return Bank(
        [
            KnownHash(
                entry_id="rehearsal",
                list_name="story",
                tier=tier,
                sha256=fingerprints.sha256,
                pdq=whole.pdq,
                dhash=whole.dhash,
            )
        ]
    )


def _passed_on(
    luma: "np.ndarray[tuple[int, int], np.dtype[np.uint8]]", *, share: float, screenshot: bool
) -> bytes:
    """No two copies have equal bytes: a comment of its own goes into each."""
    picture = Image.fromarray(luma)
    size = (max(1, round(picture.width * share)), max(1, round(picture.height * share)))
    smaller = picture.resize(size, Image.Resampling.LANCZOS)
    if screenshot:
        framed = Image.new("L", (size[0], size[1] + 2 * _SCREENSHOT_BAR_PX), color=16)
        framed.paste(smaller, (0, _SCREENSHOT_BAR_PX))
        smaller = framed
    saved = io.BytesIO()
    smaller.save(saved, "JPEG", quality=72, comment=secrets.token_hex(8).encode())
    return saved.getvalue()
