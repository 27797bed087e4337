"""The commands: what each takes from the command line, and the library call that answers it."""
