"""Backups: a shelf of complete folders, and the way back, after which nothing that was taken back comes back."""
