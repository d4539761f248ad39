"""What one booth is to be: which law, which day, where its QR code leads, and when it forgets its visitor."""

import ipaddress
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import SplitResult, urlsplit

from haetae.documents.document import Language
from haetae.law.packs import Pack

__all__ = ["Kiosk", "Language", "PortalError", "portal_address"]

# WCAG 2.2, success criterion 2.2.1: whoever is warned has at least twenty seconds to say that they are still there.
_WARNED_S: Final = 20
_LONGEST: Final = 200


class PortalError(ValueError):
    """An address that no visitor's telephone should be led to; the text says why, and how it is written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kiosk:
    """`on` is the day whose law is shown. `portal` is empty where there is none: then there is no QR code.

    After `reset_after_s` without a touch everything is cleared; the last `warned_s` of them are counted down.
    """

    pack: Pack
    on: date
    first: Language
    portal: str
    reset_after_s: int
    warned_s: int = _WARNED_S


def portal_address(text: str) -> str:
    """The address as it will stand in the QR code. Raises PortalError."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as problem:
        raise _bad(text, f"it is no address ({problem})") from problem
    reasons = {
        "it is not written with https://": parts.scheme != "https" and not _is_here(parts),
        "it names no host": not parts.hostname,
        "it carries a name or a password": "@" in parts.netloc,
        "it has signs that do not belong in an address": not text.isascii()
        or not text.isprintable()
        or " " in text,
        f"it is longer than {_LONGEST} characters": len(text) > _LONGEST,
        "its port is 0": port == 0,
    }
    for reason, holds in reasons.items():
        if holds:
            raise _bad(text, reason)
    return text


def _is_here(parts: SplitResult) -> bool:
    """To try it out on the same machine."""
    if parts.scheme != "http" or not parts.hostname:
        return False
    try:
        return ipaddress.ip_address(parts.hostname).is_loopback
    except ValueError:
        return parts.hostname == "localhost"


def _bad(text: str, reason: str) -> PortalError:
    return PortalError(f"--portal: {text!r} cannot be used: {reason}. Write it like https://portal.example.")
