"""One look: taken, fetched through the operator's connector, opened in an isolated process, made small. Memory only.

Only the looker's own process calls this (running/looker.py): pages reach nothing outside.
"""

from contextlib import suppress
from uuid import UUID

from haetae.agencies.looks import actions, queries
from haetae.agencies.looks.actions import CannotLookError
from haetae.agencies.looks.models import Look
from haetae.agencies.looks.painting import painted
from haetae.agencies.looks.states import Step
from haetae.connectors import connector_for
from haetae.connectors.base import Capability, Connector, ConnectorError, Locator, NothingThereError
from haetae.detect.alike import Kept, alike
from haetae.detect.examination import examine
from haetae.detect.finding import SignalKind
from haetae.detect.hashing.exact import sha256_of
from haetae.detect.hashing.frame import Frame
from haetae.detect.matching import Bank
from haetae.detect.opening import Undecodable
from haetae.detect.pool import OpenerPool
from haetae.flow.openers import openers

# A sampled frame this near to the moment at which something is known shows the same.
_NEAR_MS = 500


class _FoundError(Exception):
    """Ends a pass over a film: the frame that was sought is there."""


def show(look_id: UUID, *, said_minor: bool = False) -> bytes:
    """The PNG that somebody sees, once. Raises CannotLookError with the code of why there is none.

    Whether they may is asked anew, with what was said and decided since they asked; `said_minor` as in begin_look().
    """
    actions.take_look(look_id=look_id)
    try:
        look = queries.get_look(look_id)
        problem = queries.why_not_now(look, said_minor=said_minor)
        if problem is not None:
            raise CannotLookError(problem)
        picture = _picture(look)
    except CannotLookError as nothing:
        actions.look_failed(look_id=look_id, code=nothing.code)
        raise
    actions.look_shown(look_id=look_id)
    return picture


def _picture(look: Look) -> bytes:
    sighting = look.sighting
    locator = Locator(page_url=sighting.page_url, media_url=sighting.media_url)
    try:
        data = _bytes(connector_for(sighting.operator), locator, may_be_hidden=look.review_id is not None)
        if not _is_still(data, look.assessment.fingerprints, pool=openers()):
            raise CannotLookError("another_picture")
        return painted(_frame(data, at_ms=_moment(look), pool=openers()), step=Step(look.step))
    except ConnectorError as failure:
        raise CannotLookError(failure.code) from failure
    except Undecodable as failure:
        raise CannotLookError(str(failure.why)) from failure


def _bytes(connector: Connector, locator: Locator, *, may_be_hidden: bool) -> bytes:
    """As everybody gets it; before a decision also what the operator keeps from everybody meanwhile."""
    try:
        return connector.read_media(locator)
    except NothingThereError:
        if not may_be_hidden:
            raise
    if Capability.READ_HIDDEN not in connector.capabilities:
        raise CannotLookError("hidden_from_us_too")
    return connector.read_hidden(locator)


def _is_still(data: bytes, examined: Kept, *, pool: OpenerPool) -> bool:
    """Whether it is the picture that was examined: what somebody says of it is held to be about that one."""
    if not examined.get("sha256") or sha256_of(data) == examined["sha256"]:
        return True
    now = examine(data, bank=Bank(()), openers=pool).fingerprints
    return now is not None and bool(alike(now.as_json(), among=[("examined", examined)]))


def _moment(look: Look) -> int | None:
    """When a film shows what is known, surest first; None for a picture, or where nothing is known."""
    known = [it["facts"] for it in look.assessment.signals if it["kind"] == SignalKind.KNOWN_HASH]
    for facts in sorted(known, key=lambda facts: not facts["confirmed"]):
        at_ms = facts.get("from_ms", facts.get("at_ms"))
        if at_ms is not None:
            return int(at_ms)
    return None


def _frame(data: bytes, *, at_ms: int | None, pool: OpenerPool) -> Frame:
    """The frame at this moment; a middle one where none is named, or a film is too long to come to it."""
    frames = pool.open(data).frames
    if at_ms is None:
        return frames[len(frames) // 2]
    nearest = min(frames, key=lambda frame: abs((frame.at_ms or 0) - at_ms))
    if abs((nearest.at_ms or 0) - at_ms) <= _NEAR_MS:
        return nearest
    return _sought(data, at_ms=at_ms, pool=pool) or nearest


def _sought(data: bytes, *, at_ms: int, pool: OpenerPool) -> Frame | None:
    """The first frame from this moment on, out of all there are. Its luma is copied: the opener's is gone soon."""
    found: list[Frame] = []

    def keep(frame: Frame) -> None:
        if (frame.at_ms or 0) >= at_ms:
            found.append(Frame(luma=frame.luma.copy(), at_ms=frame.at_ms, full_range=frame.full_range))
            raise _FoundError

    with suppress(_FoundError):
        pool.watch(data, show=keep)
    return found[0] if found else None
