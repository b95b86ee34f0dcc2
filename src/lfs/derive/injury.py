"""Occupational injury (16th ICLS 1998, resolution II)."""
