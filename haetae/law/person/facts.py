"""Facts that a person reads, or that decide about what a person told us. Each carries its source."""

from dataclasses import dataclass
from enum import StrEnum

from haetae.law.duration import Duration
from haetae.law.facts import Dated


class RetentionClass(StrEnum):
    """What decides how long material about a person is kept."""

    CHILD_MATERIAL = "child_material"
    ASKED_BY_INVESTIGATORS = "asked_by_investigators"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention(Dated):
    """`keep_for` is None where it is kept for good; with `destroyed_on_demand` the person's word ends it at once."""

    kind: RetentionClass
    article: str
    keep_for: Duration | None
    destroyed_on_demand: bool
