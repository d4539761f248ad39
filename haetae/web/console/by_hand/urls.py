"""Addresses of marks and storms. None carries a place."""

from django.urls import path

from haetae.web.console.by_hand import page, sources

_ONE = "marks/<uuid:mark_id>"
urlpatterns = [
    path("marks/", page.marks, name="marks"),
    path("sources/", sources.page, name="sources"),
    path("marks/add/", page.add, name="mark_add"),
    path(f"{_ONE}/end/", page.want_ended, name="mark_end"),
    path(f"{_ONE}/agree/", page.agree, name="mark_agree"),
    path(f"{_ONE}/keep/", page.keep, name="mark_keep"),
    path("storms/<uuid:storm_id>/looked/", page.looked, name="storm_looked"),
]
