"""Addresses of what can be read. Neutral words: they stay behind in a browser's history."""

from django.urls import path

from haetae.web.portal.reading import views

urlpatterns = [
    path("", views.index, name="help"),
    path("numbers/", views.numbers, name="help_numbers"),
    path("now/", views.when_threatened, name="help_now"),
    path("next/", views.what_next, name="help_next"),
    path("data/", views.data, name="help_data"),
    path("rights/", views.rights, name="help_rights"),
    path("law/", views.law, name="help_law"),
    path("money/", views.money, name="help_money"),
    path("under-19/", views.under_19, name="help_under_19"),
    path("pupils/", views.pupils, name="help_pupils"),
    path("parents/", views.parents, name="help_parents"),
    path("teachers/", views.teachers, name="help_teachers"),
    path("friends/", views.friends, name="help_friends"),
    path("elsewhere/", views.elsewhere, name="help_elsewhere"),
]
