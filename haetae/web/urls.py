"""Every address of this installation. A test walks this map: what is not marked is opened by nobody."""

from allauth.account import views as account
from django.urls import include, path

from haetae.web import health, language, sign_in
from haetae.web.api.operators.published import notice_schema
from haetae.web.api.operators.service import marked as operating
from haetae.web.api.scan.service import marked as scanning

_SIGN_IN = [
    path("", account.login, name="account_login"),
    path("out/", account.logout, name="account_logout"),
    path("closed/", account.account_inactive, name="account_inactive"),
    path("new/", account.signup, name="account_signup"),
    path("again/", account.reauthenticate, name="account_reauthenticate"),
    path("password/", account.password_change, name="account_change_password"),
    path("password/first/", account.password_set, name="account_set_password"),
    path("second/", include("allauth.mfa.urls")),
    path("once/<str:secret>/", sign_in.once, name="sign_in_once"),
]

urlpatterns = [
    path("", include("haetae.web.portal.urls")),
    path("console/sign-in/", include(_SIGN_IN)),
    path("console/language/", language.switch, name="console_language"),
    path("console/", include("haetae.web.console.urls")),
    path("api/operators/v1/notice-1.schema.json", notice_schema, name="notice_schema"),
    path("api/operators/v1/", include((operating(), "operators"))),
    path("api/v1/", include((scanning(), "scan"))),
    path("api/", include("haetae.web.api.urls")),
    path("exchange/", include("haetae.web.api.exchange.urls")),
    path("language/", language.switch, name="language"),
    path("healthz", health.health, name="health"),
]

handler400 = "haetae.web.errors.bad_request"
handler403 = "haetae.web.errors.refused"
handler404 = "haetae.web.errors.not_found"
handler500 = "haetae.web.errors.broken"
