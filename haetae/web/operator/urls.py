"""Addresses of the operators' side."""

from django.urls import path

from haetae.web.operator import join, requests

app_name = "operator"
urlpatterns = [
    path("", requests.open_requests, name="requests"),
    path("join/", join.form, name="join"),
    path("join/<uuid:key>/", join.status, name="joining"),
    path("join/<uuid:key>/look/", join.look, name="join_look"),
    path("join/<uuid:key>/withdraw/", join.withdraw, name="join_withdraw"),
]
