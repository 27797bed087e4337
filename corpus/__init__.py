"""Text: documents, their passages and metadata, folding, words. Knows nothing of indexes or terminals."""
