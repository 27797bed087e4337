"""Formats: readers that take the text out of files, a module or folder for each format."""
