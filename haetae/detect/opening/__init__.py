"""The only place that opens media, in child processes with little memory and little time.

This side starts and bounds the children; child.py, decode.py, luma.py and warmth.py run inside them.
"""

from haetae.detect.opening.facts import Limits, OpenedImage, Undecodable, Why

__all__ = ["Limits", "OpenedImage", "Undecodable", "Why"]
