"""Young people: school, training, neither employment nor education or training, and the way from school to work."""
