"""Addresses of what files share, of proceeds, and of reports that somebody made of themselves."""

from django.urls import path

from haetae.web.console.investigation import confiscations, linking, proceeds, self_reports

_OF = "investigations/<uuid:investigation_id>"
_REPORT = "investigations/self-reports/<uuid:self_report_id>"
urlpatterns = [
    path("investigations/self-reports/", self_reports.listed, name="self_reports"),
    path("investigations/self-reports/new/", self_reports.new, name="self_report_new"),
    path(f"{_REPORT}/", self_reports.one, name="self_report"),
    path(f"{_REPORT}/take/", self_reports.take, name="self_report_take"),
    path(f"{_REPORT}/give-back/", self_reports.give_back, name="self_report_give_back"),
    path(f"{_REPORT}/file/", self_reports.file, name="self_report_file"),
    path(f"{_REPORT}/close/", self_reports.close, name="self_report_close"),
    path(f"{_OF}/self-reports/", self_reports.of_file, name="self_reports_of_file"),
    path(f"{_OF}/linking/", linking.page, name="linking"),
    path(f"{_OF}/linking/place/", linking.place, name="linking_place"),
    path(f"{_OF}/linking/identifier/", linking.identifier, name="linking_identifier"),
    path(f"{_OF}/linking/channel/", linking.channel, name="linking_channel"),
    path(f"{_OF}/linking/read/", linking.read, name="linking_read"),
    path(f"{_OF}/linking/<uuid:row_id>/out/", linking.take_out, name="linking_out"),
    path(f"{_OF}/proceeds/", proceeds.page, name="proceeds"),
    path(f"{_OF}/proceeds/add/", proceeds.add, name="proceeds_add"),
    path(f"{_OF}/proceeds/<uuid:proceeds_id>/propose/", proceeds.propose, name="proceeds_propose"),
    path(f"{_OF}/proceeds/<uuid:proceeds_id>/withdraw/", proceeds.withdraw, name="proceeds_withdraw"),
    path("confiscations/", confiscations.listed, name="confiscations"),
    path("confiscations/<uuid:proceeds_id>/", confiscations.one, name="confiscation"),
    path("confiscations/<uuid:proceeds_id>/decide/", confiscations.decide, name="confiscation_decide"),
]
