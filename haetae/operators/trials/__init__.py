"""A sandbox to try against: a request that asks nothing of anybody goes the operator's own way and back."""
