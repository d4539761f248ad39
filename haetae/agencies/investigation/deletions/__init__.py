"""Officers ask everywhere at once for one place to be deleted; the place may be one that nobody has seen here yet."""
