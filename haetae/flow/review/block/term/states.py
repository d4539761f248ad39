"""Why a block goes on beyond its term, and what was tried. Pure."""

from enum import StrEnum


class Why(StrEnum):
    """The reason of one extension; the statement says it in words."""

    DECISION_NEAR = "decision_near"
    NO_QUORUM = "no_quorum"
    MINOR = "minor"  # a minor is shown, or may be
    SAFETY = "safety"  # somebody would be in danger if it were seen
    NEW_EVIDENCE = "new_evidence"


class Tried(StrEnum):
    """A move that was refused."""

    EXTEND = "extend"
    RESTORE = "restore"
    ASK_ITSELF = "ask_itself"
