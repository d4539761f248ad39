"""Money that comes in for a sanction, in parts or at once, and what goes back."""
