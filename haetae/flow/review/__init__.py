"""Where the operator is unsure or refuses: blocked for now, and the regulator's side decides."""
