"""The commands on what a user has settled: configuration, corpus in use, history, shell completion."""
