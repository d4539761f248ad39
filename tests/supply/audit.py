"""`make audit`: is one of the pinned packages known to be vulnerable? Asks OSV (osv.dev), which names no project.

Exit 0: every package was asked about, and nothing is known; 1: something is known; 3: NOT CHECKED, because the source
could not be asked. A source that does not answer is never "nothing known".
"""

import json
import sys
from collections.abc import Callable, Sequence
from typing import Any

from tests.supply.locks import LOCKS, Pinned, read_lock

SOURCE = "https://api.osv.dev/v1/querybatch"
CLEAN, KNOWN, NOT_CHECKED = 0, 1, 3
_AT_ONCE = 500

Ask = Callable[[bytes], bytes]
"""A JSON body in, a JSON body out. Raises OSError."""


class NotAnsweredError(Exception):
    """What came back is no answer about each package that was asked about."""


def over_https(body: bytes) -> bytes:
    from urllib.request import Request, urlopen

    request = Request(SOURCE, data=body, headers={"Content-Type": "application/json"})
    with urlopen(request, timeout=60) as answer:
        content: bytes = answer.read(50_000_000)
    return content


def known(pinned: Sequence[Pinned], *, ask: Ask) -> dict[str, list[str]]:
    """Names of vulnerabilities by package; packages of which none is known are left out.

    Raises NotAnsweredError and OSError.
    """
    found: dict[str, list[str]] = {}
    for start in range(0, len(pinned), _AT_ONCE):
        part = pinned[start : start + _AT_ONCE]
        queries = [{"package": {"purl": one.purl}} for one in part]
        results = _results(ask(json.dumps({"queries": queries}).encode()))
        if len(results) != len(part):
            raise NotAnsweredError(f"{len(part)} packages were asked about, {len(results)} answered")
        for one, result in zip(part, results, strict=True):
            names = sorted({vulnerability["id"] for vulnerability in result.get("vulns", [])})
            if names:
                found[one.purl] = names
    return found


def _results(content: bytes) -> list[dict[str, Any]]:
    try:
        results: list[dict[str, Any]] = json.loads(content)["results"]
        if not all(isinstance(one, dict) for one in results):
            raise NotAnsweredError("an answer is no list of results")
    except (ValueError, KeyError, TypeError) as problem:
        raise NotAnsweredError("the answer is none of OSV's") from problem
    return results


def audit(*, ask: Ask = over_https, say: Callable[[str], None] = print) -> int:
    """The exit code; what was found is said."""
    pinned = list({one.purl: one for lock in LOCKS for one in read_lock(lock)}.values())
    try:
        found = known(pinned, ask=ask)
    except (OSError, NotAnsweredError, KeyError) as problem:
        say(f"NOT CHECKED: {SOURCE} could not be asked about {len(pinned)} packages ({problem}).")
        say("This says nothing about them. Run `make audit` where there is a network.")
        return NOT_CHECKED
    for purl, names in sorted(found.items()):
        say(f"KNOWN  {purl}: {', '.join(names)}")
    say(f"{len(pinned)} packages were asked about; of {len(found)} something is known.")
    return KNOWN if found else CLEAN


if __name__ == "__main__":
    sys.exit(audit())
