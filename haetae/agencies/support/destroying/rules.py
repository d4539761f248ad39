"""What is destroyed, what stays and why. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from haetae.agencies.support.retention.states import SEALED, Kept, Part
from haetae.agencies.support.states import Age, State
from haetae.detect.matching import Tier
from haetae.flow.arrival.states import State as Report

# To which part each table belongs whose rows hang on a case. A test fails when one is missing here.
PART_OF: Final[Mapping[str, Part]] = {
    "support.CaseText": Part.TOLD,  # those of IDENTITY apart
    "support.Message": Part.COUNSELLING,
    "support.CaseLink": Part.LINKS,
    "support.CaseHash": Part.FINGERPRINTS,
    "support.Consent": Part.COUNSELLING,
    "support.Mailbox": Part.IDENTITY,
    "support.Notice": Part.COUNSELLING,
    "support.NewWords": Part.COUNSELLING,
    "referrals.Referral": Part.COUNSELLING,
}
# These stay: they say what officials did, in ids and codes, and nothing about the person.
STAYS: Final = frozenset({"support.Hold", "support.DeletionRecord", "support.CaseOpening"})
# Of the row of the case itself: when it was opened, how it came, and that it is over. Every other column is emptied.
FIELDS_STAY: Final = frozenset({"id", "state", "channel", "ex_officio", "opened_at"})
# What decides how long the rest is kept.
FIELDS_WHILE_HELD: Final = frozenset({"age"})


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What would be destroyed now, and what stays and why."""

    destroys: frozenset[Part]
    keeps: Mapping[Part, Kept]

    @property
    def after(self) -> State:
        return State.HELD if self.keeps else State.DESTROYED

    @property
    def keeps_key(self) -> bool:
        """Whether something stays that the custodian could not read without the key of the case."""
        return bool(SEALED & set(self.keeps))


def plan(*, held: Collection[Part], demanded: bool, destroyed_on_demand: bool) -> Plan:
    """On a person's demand everything goes that no hold keeps, unless the law keeps that class against their wish.

    Without a demand it is asked only when the term is over, and then a hold alone keeps anything.
    """
    if demanded and not destroyed_on_demand:
        return Plan(destroys=frozenset(), keeps=dict.fromkeys(Part, Kept.LAW))
    keeps = dict.fromkeys((part for part in Part if part in held), Kept.HOLD)
    return Plan(destroys=frozenset(Part) - set(keeps), keeps=keeps)


def why_not_destroy(state: State) -> str | None:
    """A code for what stands against destroying it on the person's demand, or None.

    A hold is nothing against it: what the hold does not name is destroyed, and the person's way in with it.
    """
    return "case_destroyed" if state in {State.HELD, State.DESTROYED} else None


def why_not_erase_identity(state: State, *, held: Collection[Part]) -> str | None:
    if state in {State.HELD, State.DESTROYED}:
        return "case_destroyed"
    return "identity_held" if Part.IDENTITY in held else None


def stays_known(*, tier: Tier, age: Age, held_by_others: bool) -> bool:
    """Whether a fingerprint stays in the bank, nameless, after the case that brought it is gone.

    What the regulator's side decided, or another case stands for, is not this person's to take back. Pictures of
    somebody under 19 are to be found without anybody's request once an authorised person has seen the match
    (Sexual Violence Prevention and Victims Protection Act, article 7-3(3)).
    """
    if held_by_others or tier >= Tier.REGULATOR_DECIDED:
        return True
    return age is Age.UNDER_19 and tier >= Tier.COUNSELLOR_CHECKED


def report_goes_on(*, state: Report, age: Age) -> bool:
    """Whether where a link led is still a reason to look and to ask, without the link and without the person."""
    return state is Report.LOCATED and age is Age.UNDER_19
