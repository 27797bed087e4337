"""Language: which one people read, and the catalogues of what the program says in it."""
