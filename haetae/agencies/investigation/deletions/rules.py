"""What stands against asking for a deletion, and on which articles it rests. Pure."""

from dataclasses import dataclass
from typing import Final

from haetae.agencies.investigation.files.rules import counts_as_minor
from haetae.agencies.investigation.files.states import Victim
from haetae.flow.arrival.rules import why_not_a_link

NOTE_SHORTEST: Final = 10
NOTE_LONGEST: Final = 2_000


@dataclass(frozen=True, kw_only=True)
class Word:
    """An officer's word: the address, that everybody can see it, what the others should know."""

    link: str
    note: str
    confirmed: bool
    centre_too: bool


def why_not_ask(word: Word) -> str | None:
    """Without delay once it is confirmed, and not before."""
    if not word.confirmed:
        return "not_confirmed_public"
    if why_not_a_link(word.link.strip()) is not None:
        return "deletion_no_link"
    return None if NOTE_SHORTEST <= len(word.note.strip()) <= NOTE_LONGEST else "deletion_note_length"


def grounds_for(victim: Victim) -> tuple[str, str]:
    """Ids in the jurisdiction pack: towards the commission, and towards the support centre.

    Where nobody knows how old the person is, the articles of the child hold.
    """
    if counts_as_minor(victim):
        return "police_notice_under_19", "investigator_asks_for_child"
    return "police_notice", "investigator_asks_centre"
