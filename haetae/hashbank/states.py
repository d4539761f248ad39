"""What lists and entries are, and what is said of them. Pure: codes alone."""

from enum import StrEnum


class Purpose(StrEnum):
    """What a list is for. A benign list protects: what is on it is not asked for by a machine."""

    NCII = "ncii"  # intimate images of adults, real or forged
    CSAM = "csam"
    BENIGN = "benign"


class Wire(StrEnum):
    """How lists are exchanged, by the names of those who made the protocols."""

    STOPNCII = "stopncii"
    NCMEC = "ncmec"


# What a wire is for in the field: each carries lists of this purpose and no others, in both directions.
PURPOSE_OF = {Wire.STOPNCII: Purpose.NCII, Wire.NCMEC: Purpose.CSAM}


class Media(StrEnum):
    IMAGE = "image"
    FILM = "film"


class Feedback(StrEnum):
    """What a platform says of an entry; the words of the field's own exchanges (StopNCII) in our spelling."""

    NONE = "none"
    QUALITY_UNKNOWN = "quality_unknown"
    PENDING_REVIEW = "pending_review"
    BLOCKED = "blocked"
    NOT_BLOCKED = "not_blocked"
    WITHDRAWN = "withdrawn"
    DELETED = "deleted"
    UNKNOWN = "unknown"
