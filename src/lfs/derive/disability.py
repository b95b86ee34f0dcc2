"""Disability by the Washington Group short set."""
