"""Earnings of employees from the main job, a month and an hour (12th ICLS 1973)."""
