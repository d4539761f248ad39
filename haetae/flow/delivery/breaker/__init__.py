"""The circuit breaker: an operator that fails again and again is left alone for a while, then tried with one."""
