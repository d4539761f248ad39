"""Which post a partner means, by the addresses that it names."""

import re
from typing import Any
from urllib.parse import urlsplit

from sandbox_platform.board import Board
from sandbox_platform.messages import bad_field

PATHS = {"page": re.compile(r"/p/([0-9a-f]{16})"), "media": re.compile(r"/m/([0-9a-f]{16})")}


def located_post(locator: dict[str, Any], *, board: Board, host: str | None) -> str:
    """The id that page and media agree on; at least one of the two must be given."""
    given = {name: locator[name] for name in PATHS if locator.get(name) is not None}
    if not given:
        raise bad_field(
            field_name="locator", message="locator must hold the address of the page, the media, or both."
        )
    found = {_post_id(name=name, address=address, board=board, host=host) for name, address in given.items()}
    if len(found) > 1:
        raise bad_field(
            field_name="locator", message="locator.page and locator.media belong to different posts."
        )
    return found.pop()


def _post_id(*, name: str, address: object, board: Board, host: str | None) -> str:
    field_name = f"locator.{name}"
    if not isinstance(address, str):
        raise bad_field(field_name=field_name, message=f"{field_name} must be an address in a text.")
    try:
        parts = urlsplit(address)
    except ValueError as error:
        raise bad_field(field_name=field_name, message=f"{field_name} is not an address.") from error
    fitting = PATHS[name].fullmatch(parts.path)
    if parts.netloc not in {urlsplit(board.origin).netloc, host} or fitting is None:
        raise bad_field(
            field_name=field_name, message=f"{field_name} is not the address of a {name} on this board."
        )
    return fitting.group(1)
