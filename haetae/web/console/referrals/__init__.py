"""What one agency hands to another, as each of the two sees it: what is theirs, and never the other's files."""
