"""A sighting is examined, and the signals become a verdict."""
