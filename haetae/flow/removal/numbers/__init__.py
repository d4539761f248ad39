"""What operators were asked and what became of it, counted: reads only, and nobody's picture or person is in it."""
