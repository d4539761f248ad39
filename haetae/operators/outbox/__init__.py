"""What is asked of one operator, as it fetches it: notices that were written, and how each stands."""
