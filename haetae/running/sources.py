"""What `haetae exchange source` and `haetae exchange pull` do, once Django is ready."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from haetae.accounts.actions import register_partner
from haetae.accounts.models import Partner
from haetae.audit.actor import SYSTEM
from haetae.common.outbound import RefusedByRule
from haetae.connectors.exchange import CLIENTS
from haetae.connectors.exchange.client import BadSecretError, origin_of
from haetae.detect.matching import Tier
from haetae.hashbank import jobs
from haetae.hashbank.actions import CannotEnterError
from haetae.hashbank.models import Source
from haetae.hashbank.sources import actions, queries, rules
from haetae.hashbank.states import Wire
from haetae.running.partners import CannotDoError

__all__ = ["CannotDoError", "add", "listed", "pull", "remove"]
_ON_THIS_MACHINE = frozenset({"127.0.0.1", "[::1]"})


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A source as somebody names it. `partner` and `list_name` are its own name where they are empty."""

    name: str
    wire: str
    base: str
    secret_file: Path
    partner: str = ""
    list_name: str = ""
    every_s: int = 900


@transaction.atomic
def add(wanted: Wanted) -> Source:
    """Keep its secret with the keys, and make the source known, or change it; its partner too, where there is none."""
    problem = rules.why_not_name(wanted.name) or rules.why_not_name(wanted.partner or wanted.name)
    if problem:
        raise CannotDoError(problem)
    base = _base(wanted.base)
    secret = _secret(wanted)
    name = wanted.partner or wanted.name
    partner = Partner.objects.filter(name=name).first() or register_partner(
        name=name, takes_tier=Tier.COUNSELLOR_CHECKED, actor=SYSTEM
    )
    try:
        source = actions.add_source(
            name=wanted.name,
            wire=Wire(wanted.wire),
            base=base,
            partner=partner,
            list_name=wanted.list_name or wanted.name,
            secret_name=f"source-{wanted.name}",
            every_s=wanted.every_s,
            actor=SYSTEM,
        )
    except CannotEnterError as refused:
        raise CannotDoError(str(refused)) from refused
    settings.KEYS.store(source.secret_name, secret.encode())
    return source


def remove(name: str) -> str:
    """Fetch it no more; returns the name of the list that stays."""
    source = _named(name)
    kept = source.fills.name
    actions.remove_source(source_id=source.pk, actor=SYSTEM)
    settings.KEYS.remove(source.secret_name)
    return kept


def listed() -> list[dict[str, Any]]:
    """How it stands with each."""
    return [_standing(source) for source in queries.sources()]


def pull(name: str, *, tell: jobs.Tell) -> dict[str, Any]:
    """Fetch now, to the end of the round or until something fails; returns counts, oddities and the failure."""
    source = _named(name)
    done = jobs.pull_pages(source.pk, tell=tell)
    source = _named(name)  # it may have been removed meanwhile
    return {
        "source": name,
        "list": source.fills.name,
        "quarantined": source.fills.quarantined_at is not None,
        "pages": done.pages,
        **{kind: done.counts[kind] for kind in actions.COUNTED},
        "odd": source.odd,
        "failure": {"code": done.code, "words": done.words} if done.code else None,
    }


def _standing(source: Source) -> dict[str, Any]:
    failing: Mapping[str, Any] | None = None
    if source.failing_since is not None:
        failing = {
            "since": source.failing_since.isoformat(), "tries": source.failures,
            "code": source.failure_code, "words": source.failure_words,
        }  # fmt: skip
    return {
        "name": source.name,
        "wire": source.wire,
        "base": source.base,
        "partner": source.partner.name,
        "list": source.fills.name,
        "quarantined": source.fills.quarantined_at is not None,
        "succeeded_at": source.succeeded_at and source.succeeded_at.isoformat(),
        "due_at": source.due_at.isoformat(),
        "counts": source.counts,
        "odd": source.odd,
        "failing": failing,
    }


def _base(text: str) -> str:
    base = text.rstrip("/")
    try:
        origin = origin_of(base)
    except RefusedByRule as refused:
        raise CannotDoError(f"base: {refused.words}") from refused
    if origin.scheme != "https" and origin.host not in _ON_THIS_MACHINE:
        raise CannotDoError(
            "base: https is needed, because our secret travels with every question; http only to 127.0.0.1."
        )
    if urlsplit(base).query or urlsplit(base).fragment or len(base) > 255:
        raise CannotDoError(
            "base: at most 255 characters without ? and #, up to where the paths of the wire begin."
        )
    return base


def _secret(wanted: Wanted) -> str:
    try:
        secret = wanted.secret_file.read_text(encoding="utf-8").strip()
        CLIENTS[wanted.wire].headers(secret)
    except (OSError, UnicodeDecodeError) as problem:
        raise CannotDoError(f"secret-file: {wanted.secret_file} cannot be read as text.") from problem
    except BadSecretError as problem:
        raise CannotDoError(f"secret-file: {problem}") from problem
    return secret


def _named(name: str) -> Source:
    found = queries.sources().filter(name=name).first()
    if found is None:
        raise CannotDoError(f"name: there is no source {name}; add it with haetae exchange source add.")
    return found
