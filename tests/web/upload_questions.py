"""A platform that asks before it publishes, for the tests: an operator with a token, pictures, and what it sends."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.test import Client

from haetae.accounts.actions import declare_upload_check, register_operator
from haetae.accounts.models import Operator, WhenWeAreDown
from haetae.audit.actor import SYSTEM
from haetae.detect.matching import Tier
from haetae.hashbank.actions import add_known_picture
from tests.prints import prints_of

ORIGIN = "https://board.example"
PATH = "/api/upload-check/"
PHOTOS = Path(__file__).parent.parent / "fixtures" / "photos"


def photo(name: str) -> bytes:
    return (PHOTOS / f"{name}.jpg").read_bytes()


def make_known(picture: bytes, *, tier: Tier = Tier.COUNSELLOR_CHECKED) -> None:
    prints = prints_of(picture)
    whole = prints.perceptual[0]
    add_known_picture(
        list_name="test", tier=tier, sha256=prints.sha256, pdq=whole.pdq, dhash=whole.dhash, actor=SYSTEM
    )


@dataclass
class Platform:
    operator: Operator
    token: str
    browser: Client

    def ask(
        self,
        picture: bytes = b"",
        *,
        post_id: str = "p-1",
        path: str = PATH,
        method: str = "POST",
        **changed: Any,
    ) -> Any:
        """`changed` are headers by their names in the environment; None leaves one out."""
        headers = {"HTTP_AUTHORIZATION": f"Bearer {self.token}", "HTTP_X_POST_ID": post_id, **changed}
        told = {name: value for name, value in headers.items() if value is not None}
        content_type = told.pop("CONTENT_TYPE", "image/jpeg")
        return self.browser.generic(method, path, picture, content_type=content_type, **told)


def asking_platform(
    name: str = "Picture board",
    *,
    origin: str = ORIGIN,
    when_down: WhenWeAreDown = WhenWeAreDown.CLOSED,
    open_browser: Callable[..., Client] = Client,
) -> Platform:
    operator = register_operator(name=name, connector="sandbox", origin=origin, actor=SYSTEM)
    token = declare_upload_check(operator=operator, when_down=when_down, actor=SYSTEM)
    return Platform(operator=operator, token=token, browser=open_browser(enforce_csrf_checks=True))
