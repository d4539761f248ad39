"""Archives scanned by Ray, and in buckets: in an environment of its own (`make test-archive`)."""
