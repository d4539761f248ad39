"""Partners with keys, and entries for them."""

from haetae.accounts.actions import issue_api_key, register_partner
from haetae.accounts.models import KeyScope, Partner
from haetae.audit.actor import SYSTEM
from haetae.detect.matching import Tier
from haetae.hashbank.actions import add_entries, keep_list
from haetae.hashbank.rules import NewEntry
from haetae.hashbank.states import Purpose


def partner_named(name: str, *, takes_tier: Tier = Tier.COUNSELLOR_CHECKED) -> Partner:
    return register_partner(name=name, takes_tier=takes_tier, actor=SYSTEM)


def key_for(partner: Partner, scope: KeyScope, *, per_minute: int = 10_000) -> str:
    return issue_api_key(holder=partner, scope=scope, per_minute=per_minute, actor=SYSTEM)


def pdq(number: int) -> str:
    """64 hex digits, another for each number."""
    return f"{number:064x}"


def make_known(
    *numbers: int,
    list_name: str = "test",
    tier: Tier = Tier.COUNSELLOR_CHECKED,
    purpose: Purpose = Purpose.NCII,
    **more,
):
    keep_list(name=list_name, purpose=purpose, actor=SYSTEM)
    entries = [NewEntry(pdq=pdq(number), tier=tier, **more) for number in numbers]
    return add_entries(list_name=list_name, entries=entries, actor=SYSTEM)
