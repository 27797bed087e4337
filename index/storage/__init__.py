"""Storage: the files of an index on disk, how they are checked and replaced."""
