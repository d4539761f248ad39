"""Members sign in with one shared password and get a random cookie, of which only a digest is kept."""

import hashlib
import hmac
import secrets
import time
from email.message import Message
from http.cookies import CookieError, SimpleCookie

from sandbox_platform.settings import Settings
from sandbox_platform.storage import Store

COOKIE = "board_member"
SESSION_S = 12 * 3600


def is_member(*, store: Store, headers: Message) -> bool:
    try:
        cookie = SimpleCookie(str(headers.get("Cookie", ""))).get(COOKIE)
    except CookieError:
        return False
    if cookie is None:
        return False
    query = "SELECT 1 FROM session WHERE cookie_sha256 = ? AND expires_at_s > ?"
    with store.reading() as connection:
        found = connection.execute(query, (_digest(cookie.value), time.time())).fetchone()
    return found is not None


def password_fits(*, settings: Settings, password: str) -> bool:
    """While the operator has set no password, nobody can sign in."""
    if settings.member_password is None:
        return False
    return hmac.compare_digest(settings.member_password.encode(), password.encode(errors="replace"))


def sign_in(*, store: Store) -> str:
    """Returns the Set-Cookie header of a new session."""
    value, now_s = secrets.token_urlsafe(24), time.time()
    with store.writing() as connection:
        connection.execute("DELETE FROM session WHERE expires_at_s <= ?", (now_s,))
        connection.execute("INSERT INTO session VALUES (?, ?)", (_digest(value), now_s + SESSION_S))
    return f"{COOKIE}={value}; HttpOnly; SameSite=Lax; Path=/; Max-Age={SESSION_S}"


def _digest(value: str) -> str:
    return hashlib.sha256(value.encode(errors="replace")).hexdigest()
