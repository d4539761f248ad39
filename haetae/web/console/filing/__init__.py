"""Pages of the regulator about what operators file, and about designations."""
