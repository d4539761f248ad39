"""What a case consists of, and why some of it may have to be kept. Pure."""

from enum import StrEnum


class Part(StrEnum):
    """What can be destroyed or kept apart from the rest."""

    IDENTITY = "identity"  # name and contact
    TOLD = "told"  # what the person wrote of what happened, of who posted it, and the words to find it by
    COUNSELLING = "counselling"  # messages of both sides, consents
    LINKS = "links"
    FINGERPRINTS = "fingerprints"


# What an investigation can need. Who the person is and what they say to a counsellor, somebody has to name.
EVIDENCE = frozenset({Part.TOLD, Part.LINKS, Part.FINGERPRINTS})
# What lies under the key of the case: while one of these is kept, the custodian's copy of that key is.
SEALED = frozenset({Part.IDENTITY, Part.TOLD, Part.COUNSELLING})


class Reason(StrEnum):
    """Why a hold is set."""

    INVESTIGATION = "investigation"
    PROSECUTION = "prosecution"
    TRIAL = "trial"


class Kept(StrEnum):
    """Why a part stays although the rest is destroyed."""

    HOLD = "hold"
    LAW = "law"  # the class of the case is kept against the person's wish
