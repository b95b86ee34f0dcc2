"""Migrants by birth and by citizenship."""
