"""What the measurements tell and ask the installation. Needs Django to be ready."""

from django.conf import settings

from bench.pictures import Known
from haetae.accounts.queries import operator_at
from haetae.audit.actor import SYSTEM
from haetae.hashbank.actions import add_known_picture
from haetae.law.packs import load_pack
from haetae.running import demonstration


def known_in_bank(known: Known, *, list_name: str = "") -> None:
    """From now on copies of this picture are to be removed; on a list of its own unless one is named."""
    entry = known.in_bank()
    add_known_picture(
        list_name=list_name or entry.list_name,
        tier=entry.tier,
        sha256=entry.sha256 or "",
        pdq=entry.pdq or "",
        dhash=entry.dhash or "",
        actor=SYSTEM,
    )


def pause_between_looks_s() -> float:
    """The pause that the jurisdiction pack asks for before it may be called gone: policy, no work of ours."""
    return load_pack(settings.JURISDICTION).probes.second_look_after.as_timedelta().total_seconds()


def upload_check_token(origin: str) -> str:
    """The token with which the operator of this origin asks before it publishes."""
    operator = operator_at(origin)
    assert operator is not None
    return demonstration.upload_check_token(operator)
