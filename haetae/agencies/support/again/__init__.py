"""What had happened to a case, done again in a database that was put back and does not know of it."""
