"""The window: a query, its hits and their documents, in Textual. The only folder that imports it."""
