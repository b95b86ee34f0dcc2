"""Concepts of households: size, dependency, households without work, informal main earners."""
