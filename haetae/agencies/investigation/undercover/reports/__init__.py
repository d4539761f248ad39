"""What is said when an operation is over, and to whom."""
