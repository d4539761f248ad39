"""For a ministry: nothing is made up, everything is told, and what is missing stops the start."""

import os

from django.core.exceptions import ImproperlyConfigured

from haetae.settings.base import *  # noqa: F403 - settings modules are layered so
from haetae.settings.base import ENVIRONMENT
from haetae.settings.database import database_from_url
from haetae.settings.keyring import keys_of

if not ENVIRONMENT.DATABASE_URL:
    raise ImproperlyConfigured(
        "DATABASE_URL is missing: production uses its own PostgreSQL, see docs/running.md."
    )
if not ENVIRONMENT.HAETAE_PUBLIC_ORIGIN.startswith("https://"):
    raise ImproperlyConfigured(
        "HAETAE_PUBLIC_ORIGIN must be the https origin of the pages, as https://haetae.example."
    )
if ENVIRONMENT.HAETAE_SECOND_STEP != "required":
    raise ImproperlyConfigured("HAETAE_SECOND_STEP=not_yet is for demonstrations: production needs it.")
if not ENVIRONMENT.HAETAE_KEY_SERVICE:
    raise ImproperlyConfigured(
        "HAETAE_KEY_SERVICE is missing: in production `haetae keys` alone reads the keys, see docs/running.md."
    )
for _name in ("SECRET_KEY", "DJANGO_SECRET_KEY"):
    if os.environ.get(_name):
        raise ImproperlyConfigured(
            f"{_name} is set, and no key of ours comes from there: take it out. "
            "Keys are files that `haetae keys` serves."
        )
for _name in ("DEBUG", "DJANGO_DEBUG"):
    if os.environ.get(_name, "").lower() not in {"", "0", "false", "no", "off"}:
        raise ImproperlyConfigured(
            f"{_name} is set: production shows nobody what went wrong inside, and has no such switch. Take it out."
        )

KEYS = keys_of(ENVIRONMENT, may_create=False)
SECRET_KEY, SECRET_KEY_FALLBACKS = KEYS.django_secret, list(KEYS.other_django_secrets)
DATABASES = {"default": database_from_url(ENVIRONMENT.DATABASE_URL)}
CSRF_TRUSTED_ORIGINS = [ENVIRONMENT.HAETAE_PUBLIC_ORIGIN]
SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
# The names bind the browser: it takes such cookies over https alone, and "__Host-" from this very host alone.
SESSION_COOKIE_SECURE, SESSION_COOKIE_NAME = True, "__Secure-console_session"
CSRF_COOKIE_SECURE, CSRF_COOKIE_NAME = True, "__Secure-console_form"
LANGUAGE_COOKIE_SECURE, LANGUAGE_COOKIE_NAME = True, "__Secure-console_language"
OPERATOR_COOKIES = {
    SESSION_COOKIE_NAME: "__Secure-operator_session",
    CSRF_COOKIE_NAME: "__Secure-operator_form",
    LANGUAGE_COOKIE_NAME: "__Secure-operator_language",
}
PORTAL_COOKIES = {CSRF_COOKIE_NAME: "__Host-form", LANGUAGE_COOKIE_NAME: "__Host-language"}
