"""A month in words and pictures: the same for everybody who reads it and for the official who previews it."""
