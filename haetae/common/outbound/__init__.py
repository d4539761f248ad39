"""The safe door out: the only way in which haetae opens an address that somebody else wrote."""

from .address import why_not_public
from .door import Checked, Fetched, Hop, check, fetch
from .errors import Failure, NetworkFailure, RefusedByRule, Rule
from .journey import Limits
from .redirect import next_target
from .target import Origin, Target, parse_target

__all__ = [
    "Checked",
    "Failure",
    "Fetched",
    "Hop",
    "Limits",
    "NetworkFailure",
    "Origin",
    "RefusedByRule",
    "Rule",
    "Target",
    "check",
    "fetch",
    "next_target",
    "parse_target",
    "why_not_public",
]
