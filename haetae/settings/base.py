"""Settings that hold everywhere. What differs by place is in dev, test and production."""

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from haetae.common.logs import use_lines
from haetae.settings.agency import agency_of
from haetae.settings.environment import Environment
from haetae.settings.limits import limits_of
from haetae.settings.mail import account_of
from haetae.settings.stamping import stamp_authority_of

ENVIRONMENT = Environment()
PACKAGE = Path(__file__).resolve().parent.parent
HAETAE_HOME = ENVIRONMENT.HAETAE_HOME.resolve()
JURISDICTION = ENVIRONMENT.HAETAE_JURISDICTION
APPLICATION_ROLE = ENVIRONMENT.HAETAE_APPLICATION_ROLE
BODY_LIMIT_BYTES = ENVIRONMENT.HAETAE_BODY_LIMIT_BYTES
UPLOAD_LIMIT_BYTES = ENVIRONMENT.HAETAE_UPLOAD_LIMIT_BYTES
LIMITS = limits_of(ENVIRONMENT.HAETAE_LIMITS)
CLIENT_ADDRESS_HEADER = ENVIRONMENT.HAETAE_CLIENT_ADDRESS_HEADER
CLIENT_ADDRESS_HOPS = ENVIRONMENT.HAETAE_CLIENT_ADDRESS_HOPS
MAIL = account_of(ENVIRONMENT)
SECOND_LOOKS_PPM = round(ENVIRONMENT.HAETAE_SECOND_LOOKS * 1_000_000)
STORM_REPORTS = ENVIRONMENT.HAETAE_STORM_REPORTS
EVIDENCE = ENVIRONMENT.evidence_folder
STAMP_AUTHORITY = stamp_authority_of(ENVIRONMENT)
AGENCY = agency_of(ENVIRONMENT)
FONTS = ENVIRONMENT.HAETAE_FONTS
DEBUG = False
ACCESS_LOG = ENVIRONMENT.HAETAE_ACCESS_LOG == "on"
ALLOWED_HOSTS = [host.strip() for host in ENVIRONMENT.HAETAE_HOSTS.split(",") if host.strip()]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",  # allauth's pages about passkeys use it
    "allauth",
    "haetae.web.sides.apps.OfficialsAccounts",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "procrastinate.contrib.django",
    "haetae.audit",
    "haetae.accounts",
    "haetae.hashbank",
    "haetae.flow.deadlines",
    "haetae.flow.tasks",
    "haetae.flow.hearings",
    "haetae.flow.issued",
    "haetae.flow.delivery",
    "haetae.flow.arrival",
    "haetae.flow.assessment",
    "haetae.flow.removal",
    "haetae.flow.review",
    "haetae.flow.remedies",
    "haetae.flow.verification",
    "haetae.agencies.support",
    "haetae.agencies.looks",
    "haetae.agencies.referrals",
    "haetae.agencies.exports",
    "haetae.agencies.enforcement.orders",
    "haetae.agencies.enforcement.filings",
    "haetae.agencies.enforcement.designation",
    "haetae.agencies.enforcement.sanctions",
    "haetae.agencies.investigation.files",
    "haetae.agencies.investigation.evidence",
    "haetae.agencies.investigation.linking",
    "haetae.agencies.investigation.self_reports",
    "haetae.agencies.investigation.proceeds",
    "haetae.agencies.recovery",
    "haetae.agencies.statistics",
    "haetae.agencies.canaries",
    "haetae.flow.by_hand",
    "haetae.agencies.second_looks",
    "haetae.agencies.education",
    "haetae.agencies.investigation.deletions",
    "haetae.agencies.investigation.preservation",
    "haetae.agencies.investigation.subscribers",
    "haetae.agencies.investigation.undercover",
    "haetae.operators.answers",
    "haetae.operators.onboarding",
    "haetae.operators.trials",
    "haetae.operators.appeals",
    "haetae.flow",
    "haetae.running.beats",
    "haetae.web",
    "haetae.web.limits",
]
MIDDLEWARE = [
    "haetae.web.measured.Measured",
    "haetae.web.keys_in_force.KeysInForce",
    "haetae.web.sides.middleware.OwnCookies",
    "haetae.web.middleware.BodyLimit",
    "haetae.web.middleware.SecurityHeaders",
    "haetae.web.middleware.ContentPolicy",
    "django.middleware.security.SecurityMiddleware",  # it leads to https by itself, so the headers stand before it
    "haetae.web.room_for_people.RoomForPeople",
    "haetae.web.slow_bodies.SlowBodies",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "haetae.web.only_text.OnlyText",
    "haetae.web.sides.signed_in.Sessions",
    "django.middleware.locale.LocaleMiddleware",
    "haetae.web.sides.middleware.ServedHere",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "haetae.web.sides.signed_in.SignedIn",
    "haetae.web.sides.signed_in.Accounts",
    "haetae.web.sides.signed_in.Messages",
    "haetae.web.middleware.DenyByDefault",
    "haetae.web.sides.signed_in.Parts",
]
# The sides that this process serves: people, officials, operators, machines.
SIDES = frozenset(ENVIRONMENT.HAETAE_SIDES.split(","))
ROOT_URLCONF = "haetae.web.urls"
WSGI_APPLICATION = "haetae.web.wsgi.application"
_PAGES = PACKAGE / "web" / "templates"
_LOADER = "haetae.web.sides.templates.OneSide"


def _with_sign_in(side: str) -> list[tuple[Any, ...]]:
    """Its own pages, sheets, and the sign-in in a frame of its own: frame/top.html is another one on each side.

    A sheet is what an operator reads in the very form in which officials do.
    """
    return [
        (
            _LOADER,
            _PAGES,
            ("page.html", f"{side}/", "letters/", "filing/", "sheets/", "account/", "allauth/", "mfa/"),
        ),
        (_LOADER, _PAGES / side, ("frame/",)),
        ("haetae.web.sides.templates.OfLibraries", _PAGES),
    ]


_OF_EVERY_PAGE = ["django.template.context_processors.request", "django.template.context_processors.i18n"]
_OF_THE_SIGNED_IN = [
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
]


def _templates(
    name: str,
    loaders: list[tuple[Any, ...]],
    *more: str,
    backend: str = "django.template.backends.django.DjangoTemplates",
) -> dict[str, Any]:
    """A set of templates of its own: what its loaders do not find does not exist for that side."""
    return {
        "BACKEND": backend,
        "NAME": name,
        "OPTIONS": {
            "loaders": [("django.template.loaders.cached.Loader", loaders)],
            "context_processors": [*_OF_EVERY_PAGE, *more],
        },
    }


# All have the empty frame in common.
TEMPLATES = [
    _templates("portal", [(_LOADER, _PAGES, ("page.html", "portal/", "errors/"))]),
    _templates(
        "operator",
        _with_sign_in("operator"),
        *_OF_THE_SIGNED_IN,
        backend="haetae.web.sides.templates.OfOperators",
    ),
    _templates("console", _with_sign_in("console"), *_OF_THE_SIGNED_IN),
]

# Who may sign in, and how. People who report never have an account.
AUTH_USER_MODEL = "accounts.Official"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 14}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "haetae.web.sign_in.ClosedAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ADAPTER = "haetae.web.sign_in.SealedSecondSteps"
MFA_FORMS = {"add_webauthn": "haetae.web.passkeys.OwnPasskeyForm"}
MFA_PASSKEY_LOGIN_ENABLED = True
# A passkey signs in alone, so it must have asked its owner: holding it is one step, and knowing or being is the other.
MFA_WEBAUTHN_USER_VERIFICATION = "required"
SECOND_STEP = ENVIRONMENT.HAETAE_SECOND_STEP
# How old the counts of the control room may be before a web process counts again.
COUNTED_EVERY_S = 2.0
# What all processes must know (wrong codes, codes that were used), and what one counts for itself.
CACHES = {
    "default": {"BACKEND": "haetae.web.limits.shared.SharedCache"},
    "of_this_process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
# allauth's own limits: those that it counts by address would keep one, and take a proxy for everybody.
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "login_failed": "5/m/key",  # of codes; passwords are counted by haetae.web.sign_in
    "signup": None,
    "reset_password": None,
    "reset_password_from_key": None,
}
MFA_RATE_LIMITS = {"webauthn_login": None}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "console:work"
LOGOUT_REDIRECT_URL = "account_login"
SESSION_ENGINE = "haetae.web.sides.sessions"
# Cookies of the console: they are sent to its addresses alone.
SESSION_COOKIE_NAME = "console_session"
SESSION_COOKIE_PATH = "/console/"
SESSION_COOKIE_AGE = 12 * 3600  # from the sign-in on, whatever happens: haetae.web.sides.lasting
SESSION_IDLE_S = 30 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # not a cookie of its own
CSRF_COOKIE_NAME = "console_form"
CSRF_COOKIE_PATH = "/console/"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_AGE = None  # goes with the browser's window
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "haetae.web.errors.form_refused"
LANGUAGE_COOKIE_NAME = "console_language"
LANGUAGE_COOKIE_PATH = "/console/"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Strict"
# What the same are called at the operators' desk.
OPERATOR_COOKIES = {
    SESSION_COOKIE_NAME: "operator_session",
    CSRF_COOKIE_NAME: "operator_form",
    LANGUAGE_COOKIE_NAME: "operator_language",
}
OPERATOR_COOKIE_PATH = "/operator/"
# What two of them are called on the portal, where nothing of ours stays on a visitor's device.
PORTAL_COOKIES = {CSRF_COOKIE_NAME: "form", LANGUAGE_COOKIE_NAME: "language"}
DATA_UPLOAD_MAX_MEMORY_SIZE = BODY_LIMIT_BYTES

# Headers of every answer; see also haetae.web.middleware.SecurityHeaders.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
# Nothing goes to other sites; with "no-referrer" browsers send `Origin: null` with our own forms, which CSRF refuses.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "ko"
LANGUAGES = [("ko", "한국어"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "web" / "locale"]
USE_TZ = True
TIME_ZONE = "Asia/Seoul"  # of what officials and people read; the database holds UTC
STATIC_URL = "static/"
STATICFILES_DIRS = [PACKAGE / "web" / "static"]
WHITENOISE_USE_FINDERS = True  # stylesheets and scripts are served from where they were installed
WHITENOISE_ALLOW_ALL_ORIGINS = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PROCRASTINATE_IMPORT_PATHS = ["haetae.flow.next_step"]

use_lines()
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "haetae.common.logs.formatter"}},
    "filters": {"failed": {"()": "haetae.common.logs.Failed"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line"},
        "failed_jobs": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["failed"]},
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # The queue tells of a job that failed and will be tried again as of any other news; here it is a fault.
    "loggers": {
        "procrastinate.worker": {"handlers": ["failed_jobs"], "level": "INFO", "propagate": False},
        "haetae": {"level": "INFO"},
    },
}
