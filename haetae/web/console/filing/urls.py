"""Addresses of these pages, below the operator that they are about."""

from django.urls import path

from haetae.web.console.filing import designations, filings, reports

_OF: str = "enforcement/<uuid:operator_id>"
_REPORT: str = f"{_OF}/filings/<uuid:report_id>"
_DESIGNATION: str = f"{_OF}/designation/<uuid:designation_id>"

urlpatterns = [
    path("enforcement/filings/", filings.listed, name="filings"),
    path(f"{_OF}/filings/", filings.one, name="filings_of"),
    path(f"{_OF}/filings/facts/", filings.note_fact, name="fact_note"),
    path(f"{_OF}/filings/facts/<uuid:fact_id>/withdraw/", filings.withdraw_fact, name="fact_withdraw"),
    path(f"{_OF}/filings/expect/", filings.expect, name="report_expect"),
    path(f"{_OF}/filings/letter/", reports.letter, name="report_letter"),
    path(f"{_REPORT}/", reports.report, name="report"),
    path(f"{_REPORT}/accept/", reports.accept, name="report_accept"),
    path(f"{_REPORT}/return/", reports.send_back, name="report_return"),
    path(f"{_REPORT}/publish/", reports.publish, name="report_publish"),
    path(f"{_OF}/designation/", designations.page, name="designation"),
    path(f"{_OF}/designation/propose/", designations.propose, name="designation_propose"),
    path(f"{_OF}/designation/channel/", designations.note_channel, name="designation_channel"),
    path(f"{_DESIGNATION}/letter/<str:language>/", designations.letter, name="designation_letter"),
    path(f"{_DESIGNATION}/sign/", designations.sign, name="designation_sign"),
    *(
        path(f"{_DESIGNATION}/{verb}/", view, name=f"designation_{verb.replace('-', '_')}")
        for verb, view in designations.VERBS.items()
    ),
    path(
        f"{_DESIGNATION}/questions/<uuid:question_id>/answer/",
        designations.note_answer,
        name="designation_answer",
    ),
]
