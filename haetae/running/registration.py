"""Registering an operator from the command line."""

import re
from pathlib import Path

from django.conf import settings

from haetae.accounts import actions
from haetae.accounts.queries import operator_at
from haetae.audit.actor import SYSTEM


class OriginTakenError(Exception):
    """Two operators cannot have one origin."""


def register(
    *, name: str, origin: str, connector: str, token_file: Path | None, watch_every_s: int | None
) -> None:
    """Keep the operator's token with the keys, and make the operator known. Raises OriginTakenError."""
    other = operator_at(origin)
    if other is not None and other.name != name:
        raise OriginTakenError(f"{origin} is already registered as {other.name}; use that name to change it.")
    secret_name = ""
    if token_file is not None:
        secret_name = "operator-" + re.sub(r"[^a-z0-9]+", "-", origin.lower()).strip("-")
        settings.KEYS.store(secret_name, token_file.read_bytes().strip())
    actions.register_operator(
        name=name,
        connector=connector,
        origin=origin,
        secret_name=secret_name,
        watched_every_s=watch_every_s,
        actor=SYSTEM,
    )
