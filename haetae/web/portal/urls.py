"""Addresses of the portal. Neutral words: they stay behind in a browser's history."""

from django.urls import path, re_path

from haetae.web.portal import hashing, views

app_name = "portal"
urlpatterns = [
    path("", views.start, name="start"),
    path("link/", views.report, name="report"),
    path("hash/", hashing.on_this_device, name="hash"),
    re_path(r"^sent/(?P<number>[0-9a-f]{8})/$", views.sent, name="sent"),
]
