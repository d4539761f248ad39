"""Photographs of adults' faces, their landmarks, and what is done to a face by itself."""
