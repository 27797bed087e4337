"""Metadata: title, number, date, issuers and authors, from texts and from web pages."""
