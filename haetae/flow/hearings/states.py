"""What can become of a hearing, before what, and of whom. Pure."""

from enum import StrEnum


class About(StrEnum):
    """The act that must not come before it."""

    REVIEW = "review"  # a decision of the commission (KMCC Act 26(2))
    ORDER = "order"  # an order of the regulator (ICT Act 44-7(5))
    SANCTION = "sanction"  # a surcharge or an administrative fine
    DESIGNATION = "designation"


class Party(StrEnum):
    """Who is heard."""

    OPERATOR = "operator"
    POSTER = "poster"


class State(StrEnum):
    ASKED = "asked"
    HEARD = "heard"  # an opinion lies there, sealed
    WAIVED = "waived"  # the party says that it has nothing to say
    SILENT = "silent"  # the time for it is over, and nothing came
    LEFT_OUT = "left_out"  # the law's exception, recorded by an official with a reason


class Unheard(StrEnum):
    """Why nobody has to be heard. A waiver of the party is its own word, and no exception of ours."""

    URGENT = "urgent"
    DIFFICULT = "difficult"  # clearly cannot be done: nobody knows who, or where
    UNNECESSARY = "unnecessary"  # clearly not needed: the party has said all of it before


class Way(StrEnum):
    """How an opinion came."""

    DESK = "desk"  # the operator's own people wrote it at their desk
    LETTER = "letter"  # an official wrote it down
    TELEPHONE = "telephone"  # an official wrote it down
    OBJECTION = "objection"  # whoever posted it has objected: what they said lies with the objection


class Told(StrEnum):
    """How the operator was told that its word is waited for. At its desk it stands in any case."""

    MAIL = "mail"
    MAIL_UNSURE = "mail_unsure"  # sent, and nobody said whether it was taken
    MAIL_REFUSED = "mail_refused"  # no mail server takes it
    NO_MAILBOX = "no_mailbox"
    NO_MAIL_SERVER = "no_mail_server"


# What an official may write down for a party.
WRITTEN_DOWN = frozenset({Way.LETTER, Way.TELEPHONE})

MOVES: dict[State, frozenset[State]] = {
    State.ASKED: frozenset({State.HEARD, State.WAIVED, State.SILENT, State.LEFT_OUT}),
    # Late and still before the act: it is heard.
    State.SILENT: frozenset({State.HEARD}),
    State.WAIVED: frozenset({State.HEARD}),
    State.LEFT_OUT: frozenset({State.HEARD}),
    State.HEARD: frozenset(),
}
