"""What our own record of an operator proposes for the levels of a surcharge, each with its evidence."""
