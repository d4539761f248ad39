"""Money that comes in for a charge, at once or in parts."""
