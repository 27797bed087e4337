"""HTML: pages, web archives, and their main content."""
