"""The pages of undercover operations: of officers, of whoever decides, of whoever oversees."""
