"""Addresses of the operators' reports."""

from django.urls import path

from haetae.web.portal.transparency import views

urlpatterns = [
    path("", views.newest, name="reports"),
    path("<int:year>/", views.of_year, name="reports_of"),
    path("<int:year>/numbers.csv", views.table, name="reports_table"),
]
