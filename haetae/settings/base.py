"""Settings that hold everywhere. What differs by place is in dev, test and production."""

from pathlib import Path

from csp.constants import NONE, SELF

from haetae.settings.environment import Environment

ENVIRONMENT = Environment()
PACKAGE = Path(__file__).resolve().parent.parent
HAETAE_HOME = ENVIRONMENT.HAETAE_HOME.resolve()
JURISDICTION = ENVIRONMENT.HAETAE_JURISDICTION
APPLICATION_ROLE = ENVIRONMENT.HAETAE_APPLICATION_ROLE
BODY_LIMIT_BYTES = ENVIRONMENT.HAETAE_BODY_LIMIT_BYTES
UPLOAD_LIMIT_BYTES = ENVIRONMENT.HAETAE_UPLOAD_LIMIT_BYTES
DEBUG = False
ALLOWED_HOSTS = [host.strip() for host in ENVIRONMENT.HAETAE_HOSTS.split(",") if host.strip()]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",  # allauth's pages about passkeys use it
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "procrastinate.contrib.django",
    "haetae.audit",
    "haetae.accounts",
    "haetae.hashbank",
    "haetae.flow.deadlines",
    "haetae.flow.tasks",
    "haetae.flow.delivery",
    "haetae.flow.arrival",
    "haetae.flow.assessment",
    "haetae.flow.removal",
    "haetae.flow.review",
    "haetae.flow.verification",
    "haetae.agencies.support",
    "haetae.agencies.looks",
    "haetae.flow",
    "haetae.web",
]
MIDDLEWARE = [
    "haetae.web.middleware.BodyLimit",
    "django.middleware.security.SecurityMiddleware",
    "haetae.web.middleware.SecurityHeaders",
    "haetae.web.middleware.ContentPolicy",
    "haetae.web.room_for_people.RoomForPeople",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "haetae.web.middleware.DenyByDefault",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "haetae.web.urls"
WSGI_APPLICATION = "haetae.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
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
MFA_PASSKEY_LOGIN_ENABLED = True
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "console:work"
LOGOUT_REDIRECT_URL = "portal:start"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_AGE = None  # goes with the browser's window: nothing of ours stays on a visitor's device
CSRF_COOKIE_SAMESITE = "Strict"
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
    "loggers": {"procrastinate.worker": {"handlers": ["failed_jobs"], "level": "INFO", "propagate": False}},
}
