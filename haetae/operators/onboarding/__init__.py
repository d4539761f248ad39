"""An operator asks to be reached by us: it shows that an origin is its own, and two officials let it in."""
