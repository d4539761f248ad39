"""Every address of the operators' side. It knows no other: here the names of the sign-in lead to their own door."""

from django.urls import include, path

from haetae.web import language
from haetae.web.sides.sign_in_map import SIGN_IN

urlpatterns = [
    path("operator/sign-in/", include(SIGN_IN)),
    path("operator/language/", language.switch, name="operator_language"),
    path("operator/", include("haetae.web.operator.urls")),
]

handler400 = "haetae.web.errors.bad_request"
handler403 = "haetae.web.errors.refused"
handler404 = "haetae.web.errors.not_found"
handler500 = "haetae.web.errors.broken"
