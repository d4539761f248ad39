"""Search engines: to leave an address out of their results, and to drop their own copies."""
