"""Addresses of the lessons. Neutral words: they stay behind in a browser's history."""

from django.urls import path

from haetae.web.portal.learning import views

urlpatterns = [
    path("", views.index, name="learn"),
    path("<str:audience>/", views.lesson, name="lesson"),
    path("<str:audience>/quiz/", views.quiz, name="quiz"),
]
