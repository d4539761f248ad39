"""Addresses of watch lists. None carries what is watched."""

from django.urls import path

from haetae.web.console.watching import acting, drafting, page

_ONE = "watching/<uuid:list_id>"
urlpatterns = [
    path("watching/", page.listed, name="watching"),
    path("watching/new/", drafting.new, name="watch_new"),
    path("watching/stop/", acting.stop, name="watch_stop"),
    path("watching/go-on/", acting.go_on, name="watch_go_on"),
    path(f"{_ONE}/", page.one, name="watched"),
    path(f"{_ONE}/confirm/", acting.confirm, name="watch_confirm"),
    path(f"{_ONE}/pause/", acting.pause, name="watch_pause"),
    path(f"{_ONE}/resume/", acting.resume, name="watch_resume"),
    path(f"{_ONE}/extend/", acting.extend, name="watch_extend"),
    path(f"{_ONE}/end/", acting.end, name="watch_end"),
]
