"""Contracts of employees, dependent contractors and status by the ICSE-18 (20th ICLS 2018, resolution I)."""
