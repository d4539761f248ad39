"""Addresses of the exchange, with the paths that the clients of the field append to their base."""

from django.urls import path

from haetae.web.api.exchange import stopncii

app_name = "exchange"
urlpatterns = [
    path("stopncii/v1/FetchHashes", stopncii.fetch_hashes, name="fetch_hashes"),
    path("stopncii/v1/SubmitHashes", stopncii.submit_hashes, name="submit_hashes"),
    path("stopncii/v1/SubmitFeedback", stopncii.submit_feedback, name="submit_feedback"),
]
