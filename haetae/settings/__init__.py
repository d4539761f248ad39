"""Django's settings: base, and one module for each place where haetae runs."""
