"""How a sum is worked out, line by line, so that a court can do it again. Pure. It proposes, and is no law."""
