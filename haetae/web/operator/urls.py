"""Addresses of the operators' side."""

from django.urls import path

from haetae.web.operator import requests

app_name = "operator"
urlpatterns = [
    path("", requests.open_requests, name="requests"),
]
