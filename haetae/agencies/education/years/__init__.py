"""The year of an institution: its report, the check of the ministry, and a training of managers where it was poor."""
