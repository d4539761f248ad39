"""Whoever is about to be bound by an act is heard before it, or the law's exception stands in the record."""
