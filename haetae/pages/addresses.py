"""Addresses that a page names: full, in one spelling, and worth a visit or not. Pure."""

import re
from typing import Final
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from w3lib.url import canonicalize_url

from haetae.pages.facts import LONGEST_ADDRESS

_MEDIA_ENDINGS: Final = "jpg jpeg jfif png gif webp avif heic heif bmp tif tiff mp4 m4v webm mov mkv avi"
_OTHER_ENDINGS: Final = (
    "css js mjs json ico svg woff woff2 ttf otf eot pdf zip gz 7z rar exe apk dmg iso mp3 wav ogg flac"
    " doc docx xls xlsx ppt pptx hwp hwpx txt"
)
_FILES: Final = frozenset(_MEDIA_ENDINGS.split())
_NOT_READ: Final = frozenset(_OTHER_ENDINGS.split())
# What tells visitors apart and changes nothing of what is shown.
_OF_VISITORS: Final = re.compile(
    r"(utm_[a-z_]+|fbclid|gclid|igshid|mc_[ce]id|phpsessid|jsessionid|sessionid|sid|_ga)", re.IGNORECASE
)
_MOST_PARAMETERS: Final = 12
_MOST_SEGMENTS: Final = 16
_MOST_EQUAL_SEGMENTS: Final = 3
_CHANNEL_NAME: Final = r"[A-Za-z][A-Za-z0-9_]{3,63}"
# Rooms that anybody may enter by their public name. An invitation with a secret in it belongs to a closed one.
_OPEN_CHANNELS: Final = (
    (
        frozenset({"t.me", "telegram.me", "telegram.dog"}),
        re.compile(rf"/(?!joinchat|addlist|share|proxy|socks|login|iv|s$)(?:s/)?{_CHANNEL_NAME}(?:/\d+)?/?"),
    ),
    (frozenset({"open.kakao.com"}), re.compile(r"/(?:o|me)/[A-Za-z0-9_]{2,64}/?")),
    (frozenset({"line.me"}), re.compile(r"/(?:R/)?ti/g2/[A-Za-z0-9_-]{4,128}/?")),
    (frozenset({"discord.gg"}), re.compile(r"/[A-Za-z0-9-]{2,64}/?")),
    (
        frozenset({"discord.com", "discordapp.com"}),
        re.compile(r"/(?:invite/[A-Za-z0-9-]{2,64}|servers/[^/]{1,128})/?"),
    ),
)


def absolute(address: str, *, base: str) -> str | None:
    """The full http(s) address, without its fragment, or None for one that makes no sense or is too long."""
    address = address.strip()
    if not address or len(address) > LONGEST_ADDRESS:
        return None
    try:
        full = urljoin(base, address).partition("#")[0]
        host = urlsplit(full).hostname
    except ValueError:
        return None
    sound = full[:8].lower().startswith(("http://", "https://")) and host and len(full) <= LONGEST_ADDRESS
    return full if sound else None


def one_spelling(url: str) -> str | None:
    """The address under which a place is remembered: sorted parameters, none that tells visitors apart."""
    try:
        parts = urlsplit(url)
        if parts.query:
            kept = [
                (name, value)
                for name, value in parse_qsl(parts.query, keep_blank_values=True, max_num_fields=64)
                if not _OF_VISITORS.fullmatch(name)
            ]
            parts = parts._replace(query=urlencode(kept))
        path = re.sub(r";jsessionid=[^/?]*", "", parts.path, flags=re.IGNORECASE)
        spelt = str(canonicalize_url(urlunsplit(parts._replace(path=path))))
    except ValueError:
        return None
    return spelt if len(spelt) <= LONGEST_ADDRESS else None


def authority(url: str) -> str:
    """Host in small letters, with its port where one is named and is not the scheme's own; empty for nonsense."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return ""
    host = (parts.hostname or "").lower()
    return host if port in {None, {"http": 80, "https": 443}.get(parts.scheme)} else f"{host}:{port}"


def is_within(url: str, *, hosts: frozenset[str]) -> bool:
    """Whether an address lies at one of `hosts`, which are names, or names with a port."""
    where = authority(url)
    return bool(where) and (where in hosts or where.partition(":")[0] in hosts)


def names_media(url: str) -> bool:
    """Whether the path ends as those of pictures and films do."""
    return _ending(url) in _FILES


def is_worth_a_visit(url: str) -> bool:
    """Not a file that is no page, and not one more turn of a site that answers anything: a calendar, a maze."""
    if _ending(url) in _NOT_READ | _FILES:
        return False
    parts = urlsplit(url)
    segments = [segment for segment in parts.path.split("/") if segment]
    if len(segments) > _MOST_SEGMENTS or parts.query.count("&") >= _MOST_PARAMETERS:
        return False
    return all(segments.count(segment) <= _MOST_EQUAL_SEGMENTS for segment in set(segments))


def is_open_channel(url: str) -> bool:
    """Whether an address names a room that anybody may enter by its public name."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower().removeprefix("www.")
    return any(host in hosts and form.fullmatch(parts.path) for hosts, form in _OPEN_CHANNELS)


def _ending(url: str) -> str:
    name = urlsplit(url).path.rpartition("/")[2]
    return name.rpartition(".")[2].lower() if "." in name else ""
