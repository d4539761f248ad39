"""The only place that opens media, in child processes with little memory and little time.

This side starts and bounds the children; child.py and what it imports run inside them.
"""

from haetae.detect.opening.facts import Confinement, Limits, OpenedImage, Undecodable, Walls, Why

__all__ = ["Confinement", "Limits", "OpenedImage", "Undecodable", "Walls", "Why"]
