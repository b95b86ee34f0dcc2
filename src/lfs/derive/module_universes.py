"""Universes of the further modules: whom each of their questions concerns."""
