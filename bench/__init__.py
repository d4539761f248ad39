"""Measurements anybody can repeat: each command starts what it needs in a scratch folder and throws it away."""
