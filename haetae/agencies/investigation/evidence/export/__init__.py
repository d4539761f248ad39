"""Evidence for a court: a bag that proves itself on a machine that never heard of haetae."""
