"""Addresses of the story."""

from django.urls import path

from haetae.web.portal.story import views

urlpatterns = [
    path("", views.overview, name="story"),
    path("log.jsonl", views.log, name="story_log"),
    path("<slug:scene>/", views.scene, name="story_scene"),
]
