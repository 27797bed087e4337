"""Output: results written as the options ask, for a terminal, for a pipe or to a file."""
