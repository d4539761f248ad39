"""Registering an operator from the command line."""

import os
import re
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from haetae.accounts import actions
from haetae.accounts.actions import Standing
from haetae.accounts.models import Operator, WhenWeAreDown
from haetae.accounts.queries import operator_at
from haetae.audit.actor import SYSTEM
from haetae.common import clock
from haetae.flow.remedies.actions import end_serving, note_serving


class OriginTakenError(Exception):
    """Two operators cannot have one origin."""


def register(
    *,
    name: str,
    origin: str,
    connector: str,
    token_file: Path | None,
    watch_every_s: int | None,
    standing: Mapping[str, str] | None = None,
) -> Operator:
    """Keep the operator's token with the keys, and make the operator known.

    `standing` are those fields of Standing that are said; what is not said stays as it was. Raises OriginTakenError.
    """
    other = operator_at(origin)
    if other is not None and other.name != name:
        raise OriginTakenError(f"{origin} is already registered as {other.name}; use that name to change it.")
    stands, secret_name = _standing(name, standing or {}), ""
    if token_file is not None:
        secret_name = "operator-" + re.sub(r"[^a-z0-9]+", "-", origin.lower()).strip("-")
        settings.KEYS.store(secret_name, token_file.read_bytes().strip())
    return actions.register_operator(
        name=name,
        connector=connector,
        origin=origin,
        secret_name=secret_name,
        watched_every_s=watch_every_s,
        standing=stands,
        actor=SYSTEM,
    )


def _standing(name: str, said: Mapping[str, str]) -> Standing | None:
    """None where nothing was said: then what is known stays."""
    if not said:
        return None
    known = Operator.objects.filter(name=name).first()
    kept = {field.name: getattr(known, field.name) for field in fields(Standing)} if known else {}
    return Standing(**{**kept, **said})


def let_it_serve(name: str, *, origin: str) -> None:
    """Note that this intermediary stands before that origin, or before all, once.

    Raises Operator.DoesNotExist, CannotServeError.
    """
    intermediary = Operator.objects.get(name=name)
    note_serving(intermediary=intermediary, origin=origin, since=_today(), actor=SYSTEM)


def let_it_serve_no_more(name: str, *, origin: str) -> bool:
    """It stands there until today; False when nobody had said that it does. Raises Operator.DoesNotExist."""
    intermediary = Operator.objects.get(name=name)
    return end_serving(intermediary=intermediary, origin=origin, last_day=_today(), actor=SYSTEM)


def let_it_ask(operator: Operator, *, when_down: WhenWeAreDown, token_file: Path | None) -> str:
    """The operator asks us before it publishes from now on; returns its token, which no other place keeps.

    With a file the token is written into it, readable by its owner alone. Raises OSError before anything changed
    when that file is there already or cannot be made.
    """
    if token_file is None:
        return actions.declare_upload_check(operator=operator, when_down=when_down, actor=SYSTEM)
    descriptor = os.open(token_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        token = actions.declare_upload_check(operator=operator, when_down=when_down, actor=SYSTEM)
        file.write(token + "\n")
    return token


def let_us_block(operator: Operator, *, reference: str) -> bool:
    """Record the agreement under which we may block for now in its name; False when one is in force already."""
    delegation = actions.delegate_block(operator=operator, reference=reference, since=_today(), actor=SYSTEM)
    return delegation.reference == reference


def let_us_block_no_more(operator: Operator) -> bool:
    """The agreement ends today; False when there was none."""
    return actions.end_block_delegation(operator=operator, last_day=_today(), actor=SYSTEM)


def _today() -> date:
    return timezone.localdate(clock.now())
