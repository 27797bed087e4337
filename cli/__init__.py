"""People: the command line, what it prints and what it exports."""
