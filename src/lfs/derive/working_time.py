"""Hours of work in all jobs (18th ICLS 2008, resolution on the measurement of working time)."""
