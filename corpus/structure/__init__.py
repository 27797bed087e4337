"""Structure: lines joined into paragraphs, classified, and placed under their headings."""
