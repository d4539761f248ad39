"""Documents that were issued: each has a number, once, and can be shown again exactly as it was."""
