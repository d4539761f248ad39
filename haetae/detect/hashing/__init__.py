"""Fingerprints: of the bytes, and of what a viewer sees."""
