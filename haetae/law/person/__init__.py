"""What the law holds for the person: where to turn, rights, penalties, how long what was told is kept. Pure data."""
