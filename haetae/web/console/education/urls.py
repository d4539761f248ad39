"""Addresses of teaching. None carries the name of an institution or of a person."""

from django.urls import path

from haetae.web.console.education import checking, desk, duty, happened, register, reporting, teaching

_SESSION = "education/sessions/<uuid:session_id>"
_INCIDENT = "education/incidents/<uuid:incident_id>"
_INSTITUTION = "institutions/<uuid:institution_id>"
_REPORT = "institutions/reports/<uuid:teaching_id>"
urlpatterns = [
    path("education/", desk.desk, name="education"),
    path("education/sessions/new/", teaching.new, name="session_new"),
    path(f"{_SESSION}/", teaching.one, name="session"),
    path(f"{_SESSION}/certify/", teaching.certified, name="session_certify"),
    path(f"{_SESSION}/withdraw/", teaching.withdrawn, name="session_withdraw"),
    path(f"{_SESSION}/certificate/<str:language>/<str:form>/", teaching.certificate, name="certificate"),
    path("education/years/<int:year>/", reporting.year, name="teaching_year"),
    path("education/incidents/new/", happened.new, name="incident_new"),
    path(f"{_INCIDENT}/", happened.one, name="incident"),
    path(f"{_INCIDENT}/tell/", happened.told, name="incident_tell"),
    path(f"{_INCIDENT}/wish/", happened.wish, name="incident_wish"),
    path(f"{_INCIDENT}/plan/", happened.plan, name="incident_plan"),
    path("education/duty/", duty.duty, name="duty"),
    path("institutions/", register.register, name="institutions"),
    path("institutions/expect/", register.expect, name="institutions_expect"),
    path(f"{_INSTITUTION}/", register.institution, name="institution"),
    path(f"{_INSTITUTION}/name/", register.named, name="institution_name"),
    path(f"{_INSTITUTION}/end/", register.ended, name="institution_end"),
    path(f"{_REPORT}/", checking.report, name="teaching"),
    path(f"{_REPORT}/answer/", checking.answer, name="teaching_answer"),
    path(f"{_REPORT}/propose/", checking.propose, name="training_propose"),
    path(f"{_REPORT}/order/", checking.order, name="training_order"),
    path(f"{_REPORT}/drop/", checking.drop, name="training_drop"),
    path(f"{_REPORT}/done/", checking.trained, name="training_done"),
    path("institutions/incidents/<uuid:told_id>/", checking.told, name="told"),
]
