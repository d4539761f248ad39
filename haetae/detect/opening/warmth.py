"""Decoding one small file of each kind, so that nothing is left to import once files are out of reach."""

import base64
from functools import cache
from io import BytesIO
from typing import Any, Final

from PIL import Image

from haetae.detect.opening.decode import Decoders, decode
from haetae.detect.opening.facts import Limits, Look, Undecodable, Why
from haetae.detect.opening.syscalls import Profile

_PICTURES: Final = {
    Profile.STRICT: (
        ("JPEG", "L"),
        ("JPEG", "CMYK"),
        ("PNG", "1"),
        ("PNG", "P"),
        ("PNG", "LA"),
        ("PNG", "RGBA"),
        ("PNG", "I;16"),
        ("GIF", "P"),
        ("WEBP", "RGBA"),
        ("BMP", "RGB"),
    ),
    Profile.THREADS: (("AVIF", "RGB"), ("AVIF", "RGBA")),
}
_ANIMATIONS: Final = {Profile.STRICT: ("GIF", "PNG", "WEBP"), Profile.THREADS: ("AVIF",)}
# Nothing here can write HEIC: a gray square of 16 pixels a side, made by heic() of the tests.
_HEIC: Final = base64.b64decode(
    "AAAAGGZ0eXBoZWljAAAAAG1pZjFoZWljAAABJm1ldGEAAAAAAAAAIWhkbHIAAAAAAAAAAHBpY3QAAAAAAAAAAAAAAAAAAAAADnBpdG0A"
    "AAAAAAEAAAAeaWxvYwAAAABEAAABAAEAAAABAAABRgAAAF0AAAAjaWluZgAAAAAAAQAAABVpbmZlAgAAAAABAABodmMxAAAAAKppcHJw"
    "AAAAjWlwY28AAABxaHZjQwEECAAAAJ+oAAAAAB7wAPz9+PgAAA8DIAABABdAAQwB//8ECAAAAwCfqAAAAwAAHroCQCEAAQAlQgEBBAgA"
    "AAMAn6gAAAMAAB6giEWW6q8LmgIAAAMAAgAAAwACECIAAQAHRAHBc8DSQAAAABRpc3BlAAAAAAAAABAAAAAQAAAAFWlwbWEAAAAAAAAA"
    "AQABAoGCAAAAZW1kYXQAAAAXQAEMAf//BAgAAAMAn6gAAAMAAB66AkAAAAAlQgEBBAgAAAMAn6gAAAMAAB6giEWW6q8LmgIAAAMAAgAA"
    "AwACEAAAAAdEAcFzwNJAAAAACigBrcDOH7/71HA="
)


def warm_up(profile: Profile, *, decoders: Decoders, limits: Limits) -> None:
    """Decode whole and broken samples. Raises Undecodable when a decoder of this installation is broken."""
    for sample in _samples(profile):
        for look in Look:
            decode(sample, decoders=decoders, limits=limits, look=look)
        for broken in (sample[: len(sample) // 2], sample[:16]):
            _decode_in_vain(broken, decoders=decoders, limits=limits)
    if profile is Profile.THREADS:
        _watch_films(limits)


@cache
def _samples(profile: Profile) -> tuple[bytes, ...]:
    pictures = [_picture(format_, mode) for format_, mode in _PICTURES[profile]]
    pictures += [_animation(format_) for format_ in _ANIMATIONS[profile]]
    return (*pictures, _HEIC, *_films()) if profile is Profile.THREADS else tuple(pictures)


def _picture(format_: str, mode: str) -> bytes:
    written = BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    options: dict[str, Any] = {} if format_ in {"GIF", "BMP"} else {"exif": exif}
    if format_ == "AVIF":
        options |= {"speed": 10, "max_threads": 1}
    Image.new(mode, (24, 16)).save(written, format=format_, **options)
    return written.getvalue()


def _animation(format_: str) -> bytes:
    """Two frames, the later one see-through where nothing changes."""
    written = BytesIO()
    first, second = (Image.new("RGBA", (24, 16), colour) for colour in ("white", (0, 0, 0, 0)))
    second.paste("black", (4, 4, 9, 9))
    options: dict[str, Any] = {"speed": 10, "max_threads": 1} if format_ == "AVIF" else {}
    first.save(
        written, format=format_, save_all=True, append_images=[second], disposal=2, duration=100, **options
    )
    return written.getvalue()


@cache
def _films() -> tuple[bytes, ...]:
    from haetae.detect.opening.film import smallest_film  # noqa: PLC0415 - only the second kind loads that library

    return tuple(smallest_film(container) for container in ("mp4", "matroska", "avi"))


def _watch_films(limits: Limits) -> None:
    """Frame by frame too. Raises Undecodable where they do not come."""
    from haetae.detect.opening.every_frame import Watching  # noqa: PLC0415 - see above

    for sample in _films():
        watching = Watching(limits=limits)
        frames = sum(1 for _ in watching.frames(sample))
        if frames == 0 < limits.film_frames_hashed_most:
            raise Undecodable(Why.DECODER_ERROR)


def _decode_in_vain(broken: bytes, *, decoders: Decoders, limits: Limits) -> None:
    try:
        decode(broken, decoders=decoders, limits=limits)
    except Undecodable:
        return
