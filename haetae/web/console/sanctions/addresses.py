"""Addresses of the pages about sanctions."""

from django.urls import URLPattern, path

from haetae.agencies.enforcement.sanctions.states import Kind
from haetae.web.console.sanctions import acting, listing, page, weighing


def addresses() -> list[URLPattern]:
    return [
        path("enforcement/sanctions/", listing.listed, name="sanctions"),
        *(
            path(
                f"enforcement/sanctions/new/{kind}/<uuid:order_id>/",
                weighing.new,
                {"kind": kind},
                name=f"sanction_new_{kind}",
            )
            for kind in Kind
        ),
        path("enforcement/sanctions/<uuid:sanction_id>/", page.one, name="sanction"),
        path("enforcement/sanctions/<uuid:sanction_id>/revise/", weighing.revise, name="sanction_revise"),
        path("enforcement/sanctions/<uuid:sanction_id>/change/", weighing.change, name="sanction_change"),
        *acting.addresses(),
    ]
