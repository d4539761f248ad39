"""What is to be said to an operator is said until it is heard: tries, pauses, the breaker, the dead letter."""
