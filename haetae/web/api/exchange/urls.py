"""Addresses of the exchange, with the paths that the clients of the field append to their base."""

from django.urls import path

from haetae.web.api.exchange import ncmec, stopncii

app_name = "exchange"
urlpatterns = [
    path("stopncii/v1/FetchHashes", stopncii.fetch_hashes, name="fetch_hashes"),
    path("stopncii/v1/SubmitHashes", stopncii.submit_hashes, name="submit_hashes"),
    path("stopncii/v1/SubmitFeedback", stopncii.submit_feedback, name="submit_feedback"),
    path("ncmec/v2/status", ncmec.status, name="status"),
    path("ncmec/v2/members", ncmec.members, name="members"),
    path("ncmec/v2/entries", ncmec.entries, name="entries"),
    path(
        "ncmec/v2/entries/<int:member>/<uuid:entry_id>/<str:kind>/feedback", ncmec.feedback, name="feedback"
    ),
    path("ncmec/v2/feedback/<str:kind>/reasons", ncmec.reasons, name="reasons"),
]
