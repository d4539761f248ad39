"""What is published every month, for everybody: counted once, frozen, and without a number that is a few people."""
