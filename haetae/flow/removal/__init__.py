"""The operator is asked to delete, and answers."""
