"""What the same evidence means where fakes are rarer, or more frequent, than in the set it was measured on. Pure."""


def at_base_rate(probability: float, *, holds_at: float, base_rate: float) -> float:
    """The same evidence where another share of all pictures is fake (Bayes' rule; Saerens et al., 2002)."""
    odds = probability / (1 - probability) * (1 - holds_at) / holds_at * base_rate / (1 - base_rate)
    return odds / (1 + odds)
