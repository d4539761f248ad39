"""The codes in which counsellors say why they open something, and what they did. Pure."""

from enum import StrEnum


class Part(StrEnum):
    """What is opened. Who the person is lies behind a second reason."""

    TOLD = "told"
    IDENTITY = "identity"


class Reason(StrEnum):
    """Why an official opens a part of a case."""

    MY_WORK = "my_work"  # it waits, and I take care of it
    CALLER = "caller"  # the person is on the telephone
    COLLEAGUE = "colleague"  # a colleague asked for a second pair of eyes
    AGENCY = "agency"  # an agency to which it was handed asks back
    CALL_BACK = "call_back"  # the person asked to be called
    PAPERS = "papers"  # a request on paper needs the name
    DANGER = "danger"  # help must be sent
    RECOVERY = "recovery"  # the words are lost


REASONS: dict[Part, tuple[Reason, ...]] = {
    Part.TOLD: (Reason.MY_WORK, Reason.CALLER, Reason.COLLEAGUE, Reason.AGENCY, Reason.RECOVERY),
    Part.IDENTITY: (Reason.CALL_BACK, Reason.PAPERS, Reason.DANGER, Reason.AGENCY, Reason.RECOVERY),
}


class SeenTo(StrEnum):
    """Why a case need not wait any more, although nothing was written to the person."""

    SPOKEN = "spoken"  # talked to on the telephone or in person
    GOES_ON = "goes_on"  # what was told goes on by itself
    CANNOT_REACH = "cannot_reach"  # nobody answers, and no danger is known
    HANDED_OVER = "handed_over"  # another agency has it


class HandedOn(StrEnum):
    """Why somebody else has the case from now on."""

    OFF_DUTY = "off_duty"
    LANGUAGE = "language"
    TOO_CLOSE = "too_close"  # knows one of the people
    TOO_MUCH = "too_much"  # one of us needs a rest: nobody asks further
    ASKED_FOR = "asked_for"  # the person asked for somebody else


class Proof(StrEnum):
    """On what an age rests that lowers protection."""

    NONE = "none"
    SAID = "said"  # the person says so
    PAPER = "paper"  # a paper was seen, and not kept


class Told(StrEnum):
    """How a guardian was told."""

    TELEPHONE = "telephone"
    IN_PERSON = "in_person"
    LETTER = "letter"
