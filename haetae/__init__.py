"""From a reported picture to its proven removal."""
