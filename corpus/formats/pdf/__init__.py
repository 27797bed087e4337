"""PDF: text layers put into reading order."""
