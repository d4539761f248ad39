"""Letters to platforms, in both languages. They are not issued for everybody to check: a number would tell of a file."""
