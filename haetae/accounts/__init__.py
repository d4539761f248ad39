"""Officials, their roles by date, and the operators we deal with."""
