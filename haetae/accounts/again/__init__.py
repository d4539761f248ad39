"""Rights that had ended, ended again in a database that was put back and does not know of it."""
