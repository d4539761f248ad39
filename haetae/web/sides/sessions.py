"""Sessions that are worth something on one side alone: SESSION_ENGINE of the settings."""

from typing import Any

from django.contrib.sessions.backends import db


class SessionStore(db.SessionStore):
    """Of officials. What another side has signed is no session here, and stays as it is."""

    def load(self) -> dict[str, Any]:
        found: dict[str, Any] = super().load()
        if not found:
            self._session_key = None
        return found


class OperatorSessions(SessionStore):
    """Of people at operators, signed with a salt of their own: its key, carried to the console, opens nothing there."""

    key_salt = "haetae.operator.sessions"
