"""Records: what a search found as data to write or to compute with, dicts for JSON and rows for tables."""
