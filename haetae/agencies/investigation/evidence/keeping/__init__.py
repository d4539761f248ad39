"""Where evidence lies, for whom it is locked, and that it is still what it was."""
