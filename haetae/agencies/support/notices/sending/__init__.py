"""One mail on its way: planned, begun, and what came of it."""
