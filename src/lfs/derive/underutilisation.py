"""Labour underutilisation by the 19th ICLS (2013, resolution I, par. 40-73): potential labour force, LU2 to LU4."""
