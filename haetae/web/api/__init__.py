"""How machines come in: the platforms that ask before they publish."""
