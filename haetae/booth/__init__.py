"""The booth: a folder for a screen at a university, that needs no network and keeps nothing."""
