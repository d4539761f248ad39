"""Addresses of what officials ask platforms and other agencies for. None carries a name."""

from django.urls import path

from haetae.web.console.investigation import approving, data, data_one, deleting, preserving

_FILE = "investigations/<uuid:investigation_id>/"
_DATA = f"{_FILE}data/<uuid:request_id>/"
_KEPT = f"{_FILE}preservation/<uuid:preservation_id>/"
urlpatterns = [
    path(f"{_FILE}deletions/", deleting.listed, name="deletions"),
    path(f"{_FILE}data/", data.listed, name="data_requests"),
    path(f"{_FILE}data/new/", data.new, name="data_request_new"),
    path(_DATA, data_one.one, name="data_request"),
    path(f"{_DATA}letter/<str:language>/<str:form>/", data_one.letter, name="data_request_letter"),
    path(f"{_DATA}sign/", data_one.sign, name="data_request_sign"),
    path(f"{_DATA}drop/", data_one.drop, name="data_request_drop"),
    path(f"{_DATA}sent/", data_one.sent, name="data_request_sent"),
    path(f"{_DATA}answered/", data_one.answered, name="data_request_answered"),
    path(f"{_DATA}answers/<uuid:step_id>/", data_one.read, name="data_request_read"),
    path(f"{_FILE}preservation/", preserving.listed, name="preservations"),
    path(_KEPT, preserving.one, name="preservation"),
    path(f"{_KEPT}letter/<str:language>/<str:form>/", preserving.letter, name="preservation_letter"),
    path(f"{_KEPT}sent/", preserving.sent, name="preservation_sent"),
    path(f"{_KEPT}reported/", preserving.reported, name="preservation_reported"),
    path(f"{_KEPT}end/", preserving.end, name="preservation_end"),
    path("approvals/", approving.inbox, name="approvals"),
    path("approvals/new/", approving.order, name="approval_new"),
    path("approvals/<uuid:preservation_id>/", approving.one, name="approval"),
    path("approvals/<uuid:preservation_id>/decide/", approving.decide, name="approval_decide"),
]
