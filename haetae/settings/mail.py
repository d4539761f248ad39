"""Where mail is handed in, if anywhere."""

import re
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from haetae.common.mail_account import Account
from haetae.settings.environment import Environment

_PORTS: Final = {"smtps": 465, "smtp": 587}
_SENDER: Final = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


def account_of(told: Environment) -> Account | None:
    """None where no server is named: then nobody is ever written to. Raises ImproperlyConfigured."""
    if not told.HAETAE_MAIL:
        return None
    try:
        parts = urlsplit(told.HAETAE_MAIL)
        port = parts.port
    except ValueError:
        raise ImproperlyConfigured("HAETAE_MAIL is no address of a mail server.") from None
    if parts.scheme not in _PORTS or not parts.hostname or parts.path.strip("/") or parts.query:
        raise ImproperlyConfigured("HAETAE_MAIL must read smtps://user@host:port or smtp://user@host:port.")
    if parts.password is not None:
        raise ImproperlyConfigured("HAETAE_MAIL holds a password: it belongs into HAETAE_MAIL_PASSWORD_FILE.")
    if not _SENDER.fullmatch(told.HAETAE_MAIL_SENDER):
        raise ImproperlyConfigured("HAETAE_MAIL_SENDER must be the address from which mail is sent.")
    if bool(parts.username) != bool(told.HAETAE_MAIL_PASSWORD_FILE):
        raise ImproperlyConfigured("HAETAE_MAIL_PASSWORD_FILE and the user in HAETAE_MAIL belong together.")
    password_file = told.HAETAE_MAIL_PASSWORD_FILE
    return Account(
        host=parts.hostname,
        port=port or _PORTS[parts.scheme],
        is_tls=parts.scheme == "smtps",
        sender=told.HAETAE_MAIL_SENDER,
        sender_name=told.HAETAE_MAIL_NAME,
        user=unquote(parts.username or ""),
        password_file=Path(password_file).resolve() if password_file else None,
    )
