"""Who holds a piece of evidence, from hand to hand, and who opened it for what."""
