"""How the shipped detectors were made, reproducibly. haetae imports none of this; this, its measures and boxes."""
