"""Own-use production of goods and services (19th ICLS, par. 22-25)."""
