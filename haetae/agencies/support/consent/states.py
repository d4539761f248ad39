"""What can be agreed to, by whom, and how it was said. Pure."""

from enum import StrEnum


class Kind(StrEnum):
    """What we, or somebody, may do from then on."""

    ACT_FOR = "act_for"  # somebody acts for the person: a relative, an agent
    TELL_POLICE = "tell_police"
    TELL_LAWYER = "tell_lawyer"
    HAND_TO_REGIONAL_CENTRE = "hand_to_regional_centre"
    KEEP_EVIDENCE = "keep_evidence"
    TELL_GUARDIAN = "tell_guardian"


class Giver(StrEnum):
    PERSON = "person"
    GUARDIAN = "guardian"
    AGENT = "agent"


class How(StrEnum):
    PORTAL = "portal"
    TELEPHONE = "telephone"
    IN_PERSON = "in_person"
    PAPER = "paper"


class Paper(StrEnum):
    """What was shown to us. It goes back to whoever brought it."""

    ID_OF_REQUESTER = "id_of_requester"
    RELATION = "relation"
    POWER_OF_ATTORNEY = "power_of_attorney"  # signed by hand
    ID_OF_PERSON = "id_of_person"
