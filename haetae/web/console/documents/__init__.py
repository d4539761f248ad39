"""Pages about issued documents, finding an old place, and the record of one place for a court."""
