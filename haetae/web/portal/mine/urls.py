"""Addresses of a case. The window's cookie is sent to these and to nowhere else."""

from django.urls import path

from haetae.web.portal.mine import (
    adding,
    changing,
    ending,
    entrance,
    leaving,
    noticing,
    proving,
    recovering,
    renewing,
    stopping,
    taking,
    talking,
)

urlpatterns = [
    path("", entrance.mine, name="mine"),
    path("more/", adding.more, name="mine_more"),
    path("talk/", talking.talk, name="mine_talk"),
    path("change/", changing.change, name="mine_change"),
    path("notices/", noticing.notices, name="mine_notices"),
    path("stop/", stopping.stop, name="mine_stop"),
    path("go-on/", stopping.go_on, name="mine_go_on"),
    path("words/", renewing.renew, name="mine_renew"),
    path("recovery/", recovering.recovery, name="mine_recovery"),
    path("proof/", proving.proof, name="mine_proof"),
    path("copy/", taking.take, name="mine_take"),
    path("erase/", ending.erase, name="mine_erase"),
    path("end/", ending.end, name="mine_end"),
    path("close/", leaving.close, name="mine_close"),
]
