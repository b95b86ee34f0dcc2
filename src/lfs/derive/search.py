"""How the unemployed look for work, for how long, and whether they have worked before."""
