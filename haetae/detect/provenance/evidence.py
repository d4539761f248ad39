"""One statement found in a file's bytes about how the file was made."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

_SPOKEN_MOST: Final = 40


class Kind(StrEnum):
    """Which trace was found."""

    SETTINGS = "settings"  # a generator's own settings, as it writes them into what it makes
    SOFTWARE = "software"  # a field names a known generator
    SOURCE_TYPE = "source_type"  # IPTC's digital source type, stated in XMP
    CONTENT_CREDENTIALS = "content_credentials"  # a C2PA manifest


class Says(StrEnum):
    """What the statement amounts to, if it is true."""

    GENERATED = "generated"
    COMPOSITE_GENERATED = "composite_generated"
    EDITED = "edited"
    CAPTURED = "captured"
    UNKNOWN = "unknown"


class Signature(StrEnum):
    """`none`: a field that anybody can write. `not_checked`: signed perhaps, and nobody has looked."""

    NONE = "none"
    NOT_CHECKED = "not_checked"


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """`where` names the field, `tool` who is said to have made the file; "" where nobody is named.

    The text of a field is not kept, nor a digest of it: prompts are personal, perhaps harmful, and short enough
    that a digest could be guessed.
    """

    kind: Kind
    tool: str
    where: str
    says: Says
    signature: Signature = Signature.NONE

    @property
    def facts(self) -> dict[str, str | int | bool]:
        """For a signal."""
        return {
            "trace": self.kind,
            "tool": self.tool,
            "where": self.where,
            "says": self.says,
            "signature": self.signature,
        }


def spoken(name: str) -> str:
    """The name of a tool as it may be shown: a file may put anything there, so only plain characters are kept."""
    plain = re.sub(r"[^A-Za-z0-9 ._/()-]+", " ", name[: 4 * _SPOKEN_MOST])
    return " ".join(plain.split())[:_SPOKEN_MOST].strip()


# https://cv.iptc.org/newscodes/digitalsourcetype/
_SOURCE_TYPES: Final = {
    "trainedalgorithmicmedia": Says.GENERATED,
    "algorithmicmedia": Says.GENERATED,
    "compositewithtrainedalgorithmicmedia": Says.COMPOSITE_GENERATED,
    "compositesynthetic": Says.COMPOSITE_GENERATED,
    "algorithmicallyenhanced": Says.EDITED,
    "humanedits": Says.EDITED,
    "minorhumanedits": Says.EDITED,
    "compositecapture": Says.EDITED,
    "digitalcapture": Says.CAPTURED,
    "computationalcapture": Says.CAPTURED,
}


def source_type(address: str) -> Says:
    """The last part of the address of a digital source type, whatever its vocabulary's address is."""
    return _SOURCE_TYPES.get(re.split(r"[/#:]", address.strip())[-1].lower(), Says.UNKNOWN)
