"""Teaching, and what institutions owe for it: lessons, sessions, yearly reports, incidents, certificates."""
