"""Social insurance, paid leave and contracts of employees."""
