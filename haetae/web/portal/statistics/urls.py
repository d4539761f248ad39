"""Addresses of the monthly figures."""

from django.urls import path

from haetae.web.portal.statistics import views

urlpatterns = [
    path("", views.newest_month, name="statistics"),
    path("definitions/", views.definitions, name="statistics_definitions"),
    path("history/", views.before_us, name="statistics_history"),
    path("<month:month>/", views.of_month, name="statistics_of"),
    path("<month:month>/<int:revision>/", views.of_revision, name="statistics_revision"),
    path("<month:month>/<int:revision>/<str:name>", views.file, name="statistics_file"),
]
