"""Addresses of undercover operations. None carries a name."""

from django.urls import path

from haetae.web.console.investigation.undercover import desks, operations, oversight

_FILE = "investigations/<uuid:investigation_id>/undercover"
urlpatterns = [
    path(f"{_FILE}/", operations.listed, name="undercover"),
    path(f"{_FILE}/new/<str:kind>/", operations.new, name="undercover_new"),
    path(f"{_FILE}/<uuid:operation_id>/", operations.one, name="undercover_operation"),
    path(f"{_FILE}/<uuid:operation_id>/<str:verb>/", operations.do, name="undercover_do"),
    path("undercover/approvals/", desks.approvals, name="undercover_approvals"),
    path("undercover/approvals/<uuid:application_id>/", desks.approval, name="undercover_approval"),
    path("undercover/petitions/", desks.petitions, name="undercover_petitions"),
    path("undercover/petitions/<uuid:application_id>/", desks.petition, name="undercover_petition"),
    path("undercover/permits/", desks.permits, name="undercover_permits"),
    path("undercover/permits/<uuid:application_id>/", desks.permit, name="undercover_permit"),
    path("oversight/", oversight.listed, name="oversight"),
    path("oversight/half-years/<int:year>/<int:half>/", oversight.half_year, name="oversight_half"),
    path(
        "oversight/half-years/<int:year>/<int:half>/<str:language>.<str:form>",
        oversight.half_year_file,
        name="oversight_half_file",
    ),
    path("oversight/<uuid:operation_id>/", oversight.report, name="oversight_report"),
    path(
        "oversight/<uuid:operation_id>/<str:language>.<str:form>",
        oversight.report_file,
        name="oversight_report_file",
    ),
]
