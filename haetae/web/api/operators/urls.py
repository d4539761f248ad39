"""Addresses of the interface for operators, version 1."""

from django.urls import path

from haetae.web.api.operators import published

app_name = "operators_api"
urlpatterns = [path("notice-1.schema.json", published.notice_schema, name="notice_schema")]
