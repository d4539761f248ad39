"""The addresses of the sign-in, which each side on which people sign in has for itself."""

from typing import Final

from allauth.account import views as account
from django.urls import include, path

from haetae.web import sign_in

SIGN_IN: Final = [
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
