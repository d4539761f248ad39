"""Why a list was not taken, in plain English: for whoever types commands. Pages say it in two languages. Pure."""

from typing import Final

from haetae.flow.arrival.watching.rules import (
    DEPTH_MOST,
    EVERY_LEAST_S,
    HOSTS_MOST,
    LONGEST,
    NAME_LONGEST,
    NAME_SHORTEST,
    PHRASE_LONGEST,
    PHRASE_SHORTEST,
    PHRASES_MOST,
    PLACES_MOST,
    WEIGHT_MOST,
    WHY_LONGEST,
    WHY_SHORTEST,
)

_SENTENCES: Final = {
    "watch_name": f"Give the list a name of {NAME_SHORTEST} to {NAME_LONGEST} characters.",
    "watch_name_taken": "A list of this name is there already. Give another name, or end that one first.",
    "watch_purpose": f"Say why it is watched, in {WHY_SHORTEST} to {WHY_LONGEST:,} characters.",
    "watch_basis": "Choose the legal basis on which it is watched. It must hold today.",
    "watch_until_over": "The day on which it ends is over. Choose a later one.",
    "watch_until_long": f"A list ends after {LONGEST.days} days at the latest. It can be extended later.",
    "watch_every": f"A visit every {EVERY_LEAST_S} seconds is the most often, once a day the least.",
    "watch_depth": f"Links are followed 0 to {DEPTH_MOST} deep.",
    "watch_weight": f"The risk is a number from 1 to {WEIGHT_MOST}.",
    "watch_places": f"Name at least one address, and {PLACES_MOST} at most.",
    "watch_hosts": f"Name {HOSTS_MOST} further hosts at most.",
    "watch_host": "This is not the name of a public host, such as board.example.",
    "watch_phrases": f"Give {PHRASES_MOST} phrases at most.",
    "watch_phrase": f"A phrase has {PHRASE_SHORTEST} to {PHRASE_LONGEST} characters.",
    "watch_link_missing": "There is no address.",
    "watch_link_too_long": "This address is too long.",
    "watch_link_without_scheme": "A public address begins with http:// or https://. Nothing else is visited.",
    "watch_link_with_spaces": "An address holds no spaces. Put each one on a line of its own.",
    "watch_link_unreadable": "This address cannot be read. Copy it once more.",
    "watch_link_sign_in": "This address carries a name to sign in with. Only what everybody may see is visited.",
    "watch_invitation": "This is an invitation. Nobody joins anything here; name a page that everybody may read.",
    "watch_private_room": "This is a private place, or leads into one. Private chats are never visited.",
}


def why_not(code: str) -> str:
    """The sentence for a code with which a draft is refused."""
    return _SENTENCES[code]
