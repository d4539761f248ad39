"""Whoever posted it objects, and learns what is decided: never who reported it, nor whether anybody did."""
