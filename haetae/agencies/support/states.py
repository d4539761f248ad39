"""What can become of a person's case, and the codes in which it is told. Pure."""

from enum import StrEnum


class State(StrEnum):
    OPEN = "open"
    WITHDRAWN = "withdrawn"  # nothing more is asked for in this person's name
    HELD = "held"  # destroyed but for what somebody had to keep: the person's own way in is gone
    DESTROYED = "destroyed"  # nothing is left that could be read


MOVES: dict[State, frozenset[State]] = {
    State.OPEN: frozenset({State.WITHDRAWN, State.HELD, State.DESTROYED}),
    State.WITHDRAWN: frozenset({State.OPEN, State.HELD, State.DESTROYED}),
    State.HELD: frozenset({State.DESTROYED}),
    State.DESTROYED: frozenset(),
}


# In these somebody stands by the person; in every other nothing of the case is open to anybody at a desk.
STOOD_BY = frozenset({State.OPEN, State.WITHDRAWN})


class Relation(StrEnum):
    """Who tells us, seen from the person in the picture. Nobody asks for proof of it."""

    ME = "me"
    CHILD = "child"  # my child, or somebody in my care
    RELATIVE = "relative"
    CLIENT = "client"  # somebody for whom I act as lawyer or agent
    PUPIL = "pupil"  # somebody at my school: a mandated reporter tells
    FRIEND = "friend"
    STRANGER = "stranger"
    UNSAID = "unsaid"


class Age(StrEnum):
    """Of the person in the picture. A guess may raise protection and never lower it."""

    UNDER_19 = "under_19"
    ADULT = "adult"
    UNSAID = "unsaid"


class Circumstance(StrEnum):
    """What makes it urgent, or decides who helps best."""

    THREATENED = "threatened"
    MONEY_DEMANDED = "money_demanded"
    AT_SCHOOL = "at_school"
    KNOWN_POSTER = "known_poster"
    GUARDIAN_UNSAFE = "guardian_unsafe"  # nobody at home may learn of it


class Text(StrEnum):
    """What a sealed text of a case is about."""

    STORY = "story"
    KEYWORDS = "keywords"  # words, names of accounts or titles under which it is found
    POSTER = "poster"  # what is known of who posted it
    NAME = "name"
    CONTACT = "contact"


# What says who the person is: it can be erased while the case and its channel stay.
IDENTITY = frozenset({Text.NAME, Text.CONTACT})


class Sender(StrEnum):
    PERSON = "person"
    COUNSELLOR = "counsellor"
    NOTICE = "notice"  # written by nobody: what an authority did, as the house tells it


class Cadence(StrEnum):
    """How often the person wants to be told by themselves. Nobody is told anything they did not ask for."""

    NEVER = "never"
    WHEN_GONE = "when_gone"
    MONTHLY = "monthly"


class Channel(StrEnum):
    """How the report reached us."""

    PORTAL = "portal"
    HOTLINE = "hotline"
    EX_OFFICIO = "ex_officio"  # the law demands it without anybody's request


class ExOfficio(StrEnum):
    """Why the law demands support without anybody's request (SVP 7-3(3))."""

    CSAM = "csam"
    INVESTIGATOR = "investigator"  # an investigator asked for it
    PROSECUTOR = "prosecutor"  # a prosecutor asked for it


class Recovery(StrEnum):
    """Who may help when the words are lost. Without a choice nobody may: then the words are all there is."""

    NOBODY = "nobody"
    CENTRE = "centre"  # any counsellor of the centre
    COUNSELLOR = "counsellor"  # one counsellor, by name


class IdentityCheck(StrEnum):
    """How the person is recognised then; chosen by the person beforehand."""

    CALL_BACK = "call_back"  # called at the number that they left
    QUESTION = "question"  # asked for what only they can know of the case
    IN_PERSON = "in_person"  # comes to the centre and shows a paper, which is not kept
