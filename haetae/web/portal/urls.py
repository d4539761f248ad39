"""Addresses of the portal. Neutral words: they stay behind in a browser's history."""

from django.urls import include, path

from haetae.web.portal import hashing, sending, views

app_name = "portal"
urlpatterns = [
    path("", views.start, name="start"),
    path("link/", sending.report, name="report"),
    path("hash/", hashing.on_this_device, name="hash"),
    path("mine/new/", views.words_once, name="words"),
    path("help/", include("haetae.web.portal.reading.urls")),
]
