"""What the law asks of an operator, worked out from what is known of it."""
