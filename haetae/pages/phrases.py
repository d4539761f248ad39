"""Which of an agency's phrases a text holds. Pure; of the text nothing is kept.

What is found ranks a page and does nothing else. Letters are compared as a reader sees them: in one width and case,
without spaces, which Korean sets freely, and without signs that nobody sees.
"""

import unicodedata
from collections.abc import Mapping

SHORTEST_PHRASE = 2  # letters; a single one is found everywhere


def found_in(text: str, *, phrases: Mapping[str, str]) -> frozenset[str]:
    """The ids of the phrases that are there."""
    if not phrases:
        return frozenset()
    folded = folded_of(text)
    wanted = ((key, folded_of(phrase)) for key, phrase in phrases.items())
    return frozenset(key for key, phrase in wanted if len(phrase) >= SHORTEST_PHRASE and phrase in folded)


def folded_of(text: str) -> str:
    """As it is compared: NFKC, in small letters, without spaces and without signs that are not shown."""
    together = unicodedata.normalize("NFKC", "".join(text.split())).casefold()
    if together.isascii():
        return together
    unseen = {ord(sign) for sign in set(together) if unicodedata.category(sign) in {"Cf", "Cc", "Zs"}}
    return together.translate(dict.fromkeys(unseen)) if unseen else together
