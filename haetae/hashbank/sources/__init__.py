"""Lists of others that we fetch: where they are, how far we have come, and what of a page enters the bank."""
