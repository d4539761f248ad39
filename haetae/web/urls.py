"""Every address of this installation. A test walks this map: what is not marked is opened by nobody."""

from django.urls import include, path

from haetae.web import health, language
from haetae.web.api.operators.published import notice_schema
from haetae.web.api.operators.service import marked as operating
from haetae.web.api.scan.service import marked as scanning
from haetae.web.sides.sign_in_map import SIGN_IN

urlpatterns = [
    path("", include("haetae.web.portal.urls")),
    path("console/sign-in/", include(SIGN_IN)),
    path("console/language/", language.switch, name="console_language"),
    path("console/", include("haetae.web.console.urls")),
    # Requests to operators' addresses are found by haetae.web.operator.map; here they are so that all can be named.
    path("operator/language/", language.switch, name="operator_language"),
    path("operator/", include("haetae.web.operator.urls")),
    path("api/operators/v1/notice-1.schema.json", notice_schema, name="notice_schema"),
    path("api/operators/v1/", include((operating(), "operators"))),
    path("api/v1/", include((scanning(), "scan"))),
    path("api/", include("haetae.web.api.urls")),
    path("exchange/", include("haetae.web.api.exchange.urls")),
    path("language/", language.switch, name="language"),
    path("healthz", health.health, name="health"),
    path("readyz", health.ready, name="ready"),
]

handler400 = "haetae.web.errors.bad_request"
handler403 = "haetae.web.errors.refused"
handler404 = "haetae.web.errors.not_found"
handler500 = "haetae.web.errors.broken"
