"""Addresses of investigations. None carries a name."""

from django.urls import path

from haetae.web.console.investigation import files
from haetae.web.console.investigation.urls_evidence import urlpatterns as evidence
from haetae.web.console.investigation.urls_linking import urlpatterns as linking
from haetae.web.console.investigation.urls_requests import urlpatterns as requests
from haetae.web.console.investigation.urls_undercover import urlpatterns as undercover

urlpatterns = [
    *linking,
    path("investigations/", files.listed, name="investigations"),
    path("investigations/new/", files.new, name="investigation_new"),
    path("investigations/<uuid:investigation_id>/", files.one, name="investigation"),
    path("investigations/<uuid:investigation_id>/open/", files.open_one, name="investigation_open"),
    path("investigations/<uuid:investigation_id>/members/", files.join, name="investigation_join"),
    path(
        "investigations/<uuid:investigation_id>/members/<uuid:official_id>/end/",
        files.leave,
        name="investigation_leave",
    ),
    path("investigations/<uuid:investigation_id>/close/", files.close, name="investigation_close"),
    *evidence,
    *undercover,
    *requests,
]
