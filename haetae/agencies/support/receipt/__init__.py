"""A receipt: 80 bits drawn by the server, as eight words that somebody can write down. Nothing of it is kept."""

from haetae.agencies.support.receipt.words import BITS, draw, read, words_of

__all__ = ["BITS", "draw", "read", "words_of"]
