"""What `haetae exchange` does, once Django is ready."""

import os
import re
from pathlib import Path

from haetae.accounts import actions
from haetae.accounts.models import KeyScope, Partner
from haetae.audit.actor import SYSTEM

# "partner-" and the name together are the name of its list, which has at most 64 characters; a colon would end a
# user name too early.
_NAME = re.compile(r"[A-Za-z0-9_.+-]{1,56}")


class CannotDoError(Exception):
    """The sentence says what is wrong, and what to do. Nothing has changed."""


def add(name: str, *, takes_tier: int) -> Partner:
    """Make a partner known, or change what it is given."""
    if not _NAME.fullmatch(name):
        raise CannotDoError("name: 1 to 56 of the characters A-Z a-z 0-9 _ . + and -.")
    return actions.register_partner(name=name, takes_tier=takes_tier, actor=SYSTEM)


def give_key(name: str, *, writes: bool, per_minute: int, file: Path | None) -> str:
    """A new key; with a file it is written there, readable by its owner alone."""
    partner = _partner(name)
    if file is None:
        return _issue(partner, writes=writes, per_minute=per_minute)
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as problem:
        raise CannotDoError(f"out: {file} cannot be made: {problem.strerror}.") from problem
    with os.fdopen(descriptor, "w") as opened:
        secret = _issue(partner, writes=writes, per_minute=per_minute)
        opened.write(secret + "\n")
    return secret


def end_keys(name: str, *, writes: bool) -> int:
    """Every key of this partner for this ends now; returns how many that were."""
    return actions.end_api_keys(holder=_partner(name), scope=_scope(writes=writes), actor=SYSTEM)


def _issue(partner: Partner, *, writes: bool, per_minute: int) -> str:
    scope = _scope(writes=writes)
    return actions.issue_api_key(holder=partner, scope=scope, per_minute=per_minute, actor=SYSTEM)


def _scope(*, writes: bool) -> KeyScope:
    return KeyScope.LISTS_WRITE if writes else KeyScope.LISTS_READ


def _partner(name: str) -> Partner:
    found = Partner.objects.filter(name=name).first()
    if found is None:
        raise CannotDoError(
            f"name: there is no partner {name}; make it known with haetae exchange add-partner."
        )
    return found
