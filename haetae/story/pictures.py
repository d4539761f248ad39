"""The pictures of the story: which one is made known, and the copy of it that appears on the platform."""

import io
import secrets
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
from PIL import Image

from haetae.detect import Bank, OpenerPool, examine
from haetae.detect.finding import Fingerprints
from haetae.story.errors import UnusablePictureError

_PHOTOS = files("haetae.story") / "photos"
_SCREENSHOT_BAR_PX = 40
_COPY_SHARE = 0.7  # of the original's width and height


@dataclass(frozen=True, kw_only=True)
class KnownOriginal:
    """Hashes of the original, and a copy of it as others would pass it on."""

    fingerprints: Fingerprints
    copy: bytes


def photo(name: str) -> bytes:
    """One of the photographs that come with the story."""
    return (_PHOTOS / f"{name}.jpg").read_bytes()


def known_original(data: bytes, *, screenshot: bool = False) -> KnownOriginal:
    """Open the original once, in the isolated opener, hash it, and make the copy. Raises UnusablePictureError."""
    with OpenerPool(size=1) as openers:
        finding = examine(data, bank=Bank(()), openers=openers)
        if finding.fingerprints is None or not finding.fingerprints.perceptual:
            raise UnusablePictureError(" ".join(reason.words for reason in finding.reasons))
        luma = openers.open(data).luma
    return KnownOriginal(fingerprints=finding.fingerprints, copy=_passed_on(luma, screenshot=screenshot))


def _passed_on(luma: "np.ndarray[tuple[int, int], np.dtype[np.uint8]]", *, screenshot: bool) -> bytes:
    """Smaller, grey, saved again as JPEG, on request with the bars of a screenshot. No two copies have equal bytes."""
    picture = Image.fromarray(luma)
    size = (max(64, int(picture.width * _COPY_SHARE)), max(64, int(picture.height * _COPY_SHARE)))
    smaller = picture.resize(size, Image.Resampling.LANCZOS)
    if screenshot:
        framed = Image.new("L", (size[0], size[1] + 2 * _SCREENSHOT_BAR_PX), color=16)
        framed.paste(smaller, (0, _SCREENSHOT_BAR_PX))
        smaller = framed
    saved = io.BytesIO()
    smaller.save(saved, "JPEG", quality=72, comment=secrets.token_hex(8).encode())
    return saved.getvalue()
