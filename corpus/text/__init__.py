"""Text: encodings, folding, words and characters."""
