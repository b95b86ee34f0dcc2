"""Education against what the occupation asks for."""
