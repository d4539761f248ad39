"""Reports come in, and what they point to becomes sightings."""
