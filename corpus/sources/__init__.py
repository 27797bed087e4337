"""Sources: which files are documents, and what is known of them from outside their text."""
