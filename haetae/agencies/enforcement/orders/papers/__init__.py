"""An order as a letter: its words in both languages, and what of the record goes into it."""
