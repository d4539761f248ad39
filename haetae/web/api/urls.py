"""Addresses for machines. A question is the same with and without the last slash: a POST follows no redirect."""

from django.urls import path

from haetae.web.api import views

app_name = "api"
urlpatterns = [
    path("upload-check/", views.upload_check, name="upload_check"),
    path("upload-check", views.upload_check, name="upload_check_without_slash"),
]
