"""Decoding one file. Runs inside an opener, which may be killed over it at any time."""

from collections.abc import Mapping
from typing import Protocol

from PIL import Image

from haetae.detect.media import recognise
from haetae.detect.opening.facts import Decoded, Limits, Look, Undecodable, Why
from haetae.detect.opening.syscalls import Profile


class Decoder(Protocol):
    """Decodes files of one format. It may raise anything at all."""

    def __call__(self, data: bytes, *, format_: str, limits: Limits, look: Look) -> Decoded: ...


Decoders = Mapping[str, Decoder]


def decoders_of(profile: Profile) -> Decoders:
    """By format. The strict kind of opener never loads the libraries of the other: less code, less to break."""
    if profile is Profile.STRICT:
        from haetae.detect.opening.stills import STILLS  # noqa: PLC0415 - see above

        return STILLS
    from haetae.detect.opening.modern import MODERN  # noqa: PLC0415 - see above

    return MODERN


def decode(data: bytes, *, decoders: Decoders, limits: Limits, look: Look = Look.GRAY) -> Decoded:
    """Raises Undecodable and nothing else, whatever the bytes may hold."""
    try:
        format_ = recognise(data).format
        if format_ not in decoders:
            raise Undecodable(Why.REFUSED_TYPE)
        return decoders[format_](data, format_=format_, limits=limits, look=look)
    except Undecodable:
        raise
    except MemoryError as error:
        raise Undecodable(Why.OUT_OF_MEMORY) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Undecodable(Why.TOO_MANY_PIXELS) from error
    except Exception as error:
        # Over malformed files Pillow was seen to raise OSError, ValueError, IndexError, SyntaxError,
        # RuntimeError, TypeError and NotImplementedError; others are only a matter of time.
        raise Undecodable(
            Why.TRUNCATED if "truncated" in str(error).lower() else Why.DECODER_ERROR
        ) from error
