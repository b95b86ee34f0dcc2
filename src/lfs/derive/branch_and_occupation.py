"""Branch (ISIC rev. 4), occupation (ISCO-08), institutional sector and management."""
