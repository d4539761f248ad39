"""Who is heard before an act, as officials see it and see to it."""
