"""How long something may be hidden for now: extended for a reason, or shown again; never longer in silence."""
