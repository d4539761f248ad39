"""Addresses of the control room."""

from django.urls import path

from haetae.web.console import views

app_name = "console"
urlpatterns = [
    path("", views.work, name="work"),
    path("rows/", views.rows, name="rows"),
    path("lost/", views.lost, name="lost"),
    path("sightings/<uuid:sighting_id>/", views.sighting, name="sighting"),
]
