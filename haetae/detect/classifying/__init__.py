"""Models that look at a picture: what each is, how far it can be trusted, and what it says. A score is a lead only."""
