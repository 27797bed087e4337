"""Configuration: what a user has settled for all commands, where each setting comes from, and how it is changed."""
