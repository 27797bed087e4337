"""Help: the topics that `zhengce help` shows, Markdown files in this package, and how a terminal draws them."""
