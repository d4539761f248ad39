"""Law as dated data: one file per jurisdiction, and the few functions that read it. Pure, no Django."""
