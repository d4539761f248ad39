"""Access providers: to open an address no more, after a decision of the regulator's side."""
