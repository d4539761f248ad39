"""Letters to platforms, in both languages. Not in the public list: a number would tell of a file."""
