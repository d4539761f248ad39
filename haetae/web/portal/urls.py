"""Addresses of the portal. Neutral words: they stay behind in a browser's history."""

from django.urls import include, path

from haetae.web.portal import appealing, documents, hashing, own_report, sending, views
from haetae.web.portal.mine import proving
from haetae.web.portal.mine import urls as mine

app_name = "portal"
urlpatterns = [
    path("", views.start, name="start"),
    path("link/", sending.report, name="report"),
    path("hash/", hashing.on_this_device, name="hash"),
    path("mine/new/", views.words_once, name="words"),
    path("help/", include("haetae.web.portal.reading.urls")),
    path("learn/", include("haetae.web.portal.learning.urls")),
    path("mine/", include(mine.urlpatterns)),
    path("appeal/<str:token>/", appealing.appeal, name="appeal"),
    path("transparency/", include("haetae.web.portal.transparency.urls")),
    path("story/", include("haetae.web.portal.story.urls")),
    path("statistics/", include("haetae.web.portal.statistics.urls")),
    path("statement/", own_report.own_report, name="own_report"),
    path("check/", proving.check, name="check"),
    path("check/key/", proving.key, name="check_key"),
    path("documents/", documents.documents, name="documents"),
    path("documents/<str:reference>/", documents.document, name="document"),
]
