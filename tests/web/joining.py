"""How an operator applies: the form, filled in and sent as a browser does."""

import re

from django.test import Client

from haetae.operators.onboarding.models import Application

FORM = {
    "name": "Newcomer",
    "origin": "https://Newcomer.example/",
    "kind": "platform",
    "country": "eu",
    "zone": "Europe/Berlin",
    "language": "en",
    "mailbox": "desk@newcomer.example",
    "way": "mail",
    "endpoint": "",
    "public_only": "yes",
    "in_charge": "yes",
}


def apply(visitor, **changed: str):
    browser = visitor("en")
    key = re.search(r'name="form_key" value="([^"]+)', browser.get("/operator/join/").content.decode())
    assert key
    return browser, browser.post("/operator/join/", {**FORM, "form_key": key[1], **changed})


def applied(visitor, **changed: str) -> tuple[Client, str, Application]:
    browser, answer = apply(visitor, **changed)
    assert answer.status_code == 302, answer.content.decode()
    return browser, answer.headers["Location"], Application.objects.latest("applied_at")
