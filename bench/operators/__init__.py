"""What becomes of many requests while some operators misbehave, and what the others feel of it."""
