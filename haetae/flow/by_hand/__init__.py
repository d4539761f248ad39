"""Places at which nothing acts by itself: marked by an official, or stormed with reports. A person decides there."""
