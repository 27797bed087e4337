"""Indexing: brings the index of a corpus up to date with its files."""
