"""Partners fetch our lists, submit their own and say what they made of ours. Nothing is decided here."""
