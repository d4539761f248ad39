"""Public pages that an authorised agency watches: the lists, the places that are due, and what was seen there."""
