"""Evidence: what a public page said, kept before it is deleted, and who has held it since."""
