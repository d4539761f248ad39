"""What is published every month, for everybody: pages, files, what each number means, and what others published."""
