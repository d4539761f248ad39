"""Addresses of what a deletion cost. None carries a name."""

from django.urls import path

from haetae.web.console.recovery import acting, costs, drafting, page

_ONE = "recovery/<uuid:charge_id>"
urlpatterns = [
    path("recovery/", page.listed, name="recovery"),
    path("recovery/new/", drafting.new, name="charge_new"),
    path("recovery/costs/", costs.costs, name="charge_costs"),
    path(f"{_ONE}/", page.one, name="charge"),
    path(f"{_ONE}/sign/", acting.sign, name="charge_sign"),
    path(f"{_ONE}/serve/", acting.serve, name="charge_serve"),
    path(f"{_ONE}/pay/", acting.pay, name="charge_pay"),
    path(f"{_ONE}/withdraw/", acting.withdraw, name="charge_withdraw"),
    path(f"{_ONE}/notice/<str:language>/<str:form>/", page.notice, name="charge_notice"),
]
