"""Shell completion: what can be typed next, and how it is told to each shell."""
