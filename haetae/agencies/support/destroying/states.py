"""Why something was destroyed, and by whom. Pure."""

from enum import StrEnum


class Rule(StrEnum):
    """What a deletion rests on."""

    DEMANDED = "demanded"  # the person wanted it
    TERM_OVER = "term_over"  # it was kept as long as the law says
    HOLD_OVER = "hold_over"  # what a hold had kept, after it
    IDENTITY_ERASED = "identity_erased"  # the person wanted to be nameless


class By(StrEnum):
    """Who, in kind: the record names nobody."""

    PERSON = "person"
    COUNSELLOR = "counsellor"
    CLOCK = "clock"
