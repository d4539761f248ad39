"""How the shipped detectors were made, reproducibly. haetae imports nothing of this, and this nothing of haetae."""
