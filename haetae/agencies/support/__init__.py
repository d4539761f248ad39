"""One person's case: opened without an account, followed with a receipt, sealed under a key of its own."""
