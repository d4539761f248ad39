"""How long somebody stays signed in: half an hour of doing nothing, twelve hours at most, never past a change.

Sessions lie in the database, so what is over is over on every machine with the next request.
"""

from datetime import UTC, datetime
from typing import Final

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.backends.base import SessionBase
from django.dispatch import receiver
from django.http import HttpRequest

from haetae.accounts.models import Official
from haetae.common import clock

_BEGAN: Final = "began"
_SEEN: Final = "seen"
_AS_OF: Final = "as_of"
# Written down so often at most: every page would be a write otherwise.
_NOTED_EVERY_S: Final = 60.0


def look_at_clock(request: HttpRequest) -> None:
    """Ends a session that is too old or was left alone; notes that somebody is there."""
    session: SessionBase = request.session
    if SESSION_KEY not in session:
        return
    now_s = _now_s()
    if _BEGAN not in session:
        begin(session)
    is_old = now_s - session[_BEGAN] > settings.SESSION_COOKIE_AGE
    if is_old or now_s - session[_SEEN] > settings.SESSION_IDLE_S:
        session.flush()
    elif now_s - session[_SEEN] > _NOTED_EVERY_S and not _asks_by_itself(request):
        session[_SEEN] = now_s


def look_at_changes(request: HttpRequest) -> None:
    """Ends a session that began before the newest change of what its official may do."""
    if SESSION_KEY not in request.session or not isinstance(request.user, Official):
        return
    newest = _mark(request.user.sessions_end_at)
    # Compared, not reckoned: a clock that is set back signs nobody in or out.
    if request.session.setdefault(_AS_OF, newest) != newest:
        request.session.flush()
        request.user = AnonymousUser()


def begin(session: SessionBase) -> None:
    """Now: somebody has signed in."""
    session[_BEGAN] = session[_SEEN] = _now_s()


def renew(request: HttpRequest, official: Official) -> None:
    """This session made the change that ended the others; under a new key, so that nobody else has it."""
    request.session.cycle_key()
    request.session[_AS_OF] = _mark(_sessions_end_at(official))


@receiver(user_logged_in)
def _signed_in(*, request: HttpRequest, user: Official, **_: object) -> None:
    begin(request.session)
    request.session[_AS_OF] = _mark(_sessions_end_at(user))


def _sessions_end_at(official: Official) -> datetime | None:
    """As it stands in the table: what somebody holds in hand may be older."""
    return Official.objects.values_list("sessions_end_at", flat=True).get(pk=official.pk)


def _mark(at: datetime | None) -> str:
    return at.astimezone(UTC).isoformat() if at else ""


def _asks_by_itself(request: HttpRequest) -> bool:
    """A page that keeps itself up to date is nobody at the desk."""
    return request.method == "GET" and request.headers.get("HX-Request") == "true"


def _now_s() -> float:
    return clock.now().timestamp()
