"""Pages about places at which people decide: marks of public interest, and storms of reports."""
