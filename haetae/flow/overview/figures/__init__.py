"""Sums over everything, for whoever coordinates: no person, no place, no operator by name where there are few."""
