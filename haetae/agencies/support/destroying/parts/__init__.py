"""Each part of a case, and what its end means for the rest of the house."""
