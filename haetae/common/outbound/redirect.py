"""Where a redirect leads, judged by the same rule as the first address, and what may travel along."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import urljoin

from .errors import RefusedByRule, Rule
from .target import Target, parse_target, refuse_unsafe_characters

ABSOLUTE = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
HARMLESS_HEADERS = frozenset({"accept", "accept-language", "user-agent"})


def next_target(*, previous: Target, locations: tuple[bytes, ...]) -> Target:
    """Read and judge the address in `Location`. Raises RefusedByRule.

    A redirect may stay within a registered origin but never enters one from outside: else any public page
    could send us to a platform that stands behind the wall.
    """
    stays = frozenset({previous.origin}) if previous.registered else frozenset()
    target = parse_target(_absolute(previous, locations), allowed_origins=stays)
    if (previous.scheme, target.scheme) == ("https", "http"):
        raise RefusedByRule(Rule.DOWNGRADE, "It leaves https for http.")
    return target


@contextmanager
def told_as_redirect(previous: Target) -> Iterator[None]:
    """Let a refusal say that the address came from an answer, not from whoever asked us."""
    try:
        yield
    except RefusedByRule as refusal:
        raise RefusedByRule(
            f"redirect_{refusal.code}", f"The redirect of {previous.host} is not followed. {refusal.words}"
        ) from refusal


def headers_towards(target: Target, *, previous: Target, headers: Mapping[str, str]) -> Mapping[str, str]:
    """Only harmless headers cross to another origin: any other may be a credential, whatever its name."""
    if target.origin == previous.origin:
        return headers
    return {name: value for name, value in headers.items() if name in HARMLESS_HEADERS}


def _absolute(previous: Target, locations: tuple[bytes, ...]) -> str:
    if len(set(locations)) != 1:
        raise RefusedByRule(Rule.UNCLEAR, "It names several addresses at once.")
    try:
        location = locations[0].decode("utf-8")
    except UnicodeDecodeError:
        raise RefusedByRule(Rule.CHARACTERS, "The new address is not text.") from None
    refuse_unsafe_characters(location)  # before joining, which would silently drop some of them
    if ABSOLUTE.match(location):
        return location
    if location.startswith("//"):
        return f"{previous.scheme}:{location}"
    return urljoin(previous.url, location)
