"""An address as people paste it, and the forms under which it may have been kept. Pure.

Addresses are found again by a keyed digest of exactly what was kept, so a slash too many would find nothing.
"""

from typing import Final
from urllib.parse import urlsplit, urlunsplit

_DEFAULT_PORTS: Final = {"http": 80, "https": 443}
LONGEST: Final = 4_000


def forms_of(typed: str) -> tuple[str, ...]:
    """As it was pasted, then without what browsers and messengers add or leave out; each form once."""
    text = typed.strip().strip("<>\"'")[:LONGEST]
    if not text or any(one.isspace() for one in text):
        return ()
    with_scheme = [text] if "://" in text else [f"https://{text}", f"http://{text}"]
    found = [text]
    for one in with_scheme:
        plain = _plain(one)
        if plain is not None:
            found += [one, plain, *_with_and_without_slash(plain)]
    return tuple(dict.fromkeys(found))


def _plain(text: str) -> str | None:
    """Without fragment, with the host in small letters and no port that goes without saying."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return None
    if not parts.hostname:
        return None
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    netloc = host if port in {None, _DEFAULT_PORTS.get(parts.scheme)} else f"{host}:{port}"
    return urlunsplit((parts.scheme.lower(), netloc, parts.path or "/", parts.query, ""))


def _with_and_without_slash(text: str) -> list[str]:
    if "?" in text:
        return []
    return [text.rstrip("/")] if text.endswith("/") else [f"{text}/"]
