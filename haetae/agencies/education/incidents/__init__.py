"""Something happened inside an institution: told or withheld as the person wants, and a plan in time."""
