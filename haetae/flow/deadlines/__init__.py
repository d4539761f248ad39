"""Every due date is a row; a process polls the rows, so that a late clock loses nothing."""
