"""Exports: passages and concordances as files, a module for each format."""
