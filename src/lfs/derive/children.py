"""Work of children and child labour (18th ICLS 2008, resolution II)."""
