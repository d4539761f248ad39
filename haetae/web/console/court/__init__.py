"""The record of one place as a file for a court."""
