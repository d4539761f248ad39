"""Which addresses a watch list has: named by the agency, or reached by links, and bounded."""
