"""How the review commission decides: what is proposed, who votes, who takes no part, and what comes of it."""
