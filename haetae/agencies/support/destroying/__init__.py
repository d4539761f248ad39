"""The end of a case: what is destroyed, what has to stay, and the proof of it."""
