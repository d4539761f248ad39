"""What is installed beside our own code: read from the locks, listed for others, asked about, and bounded."""
