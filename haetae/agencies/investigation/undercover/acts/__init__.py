"""What is done under a permission, written down at the moment at which it is checked."""
