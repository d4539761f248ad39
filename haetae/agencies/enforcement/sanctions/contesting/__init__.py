"""An operator contests a sanction, and a third official upholds, changes or annuls it."""
