"""Corpus: reads files into documents, that is passages with metadata. It knows no index and no terminal.

How a file becomes a document (`document_reader`): ``sources`` finds the files; ``formats`` has a reader for each
format, which extracts lines, outside plain text in a process that is ended when it takes too long; ``structure`` makes
paragraphs of the lines and places them under their headings; ``metadata`` reads title, number, date, issuers and
authors out of the passages. ``notation`` knows how official writing numbers and dates, ``text`` knows characters and
words. All formats share ``structure`` and ``metadata``, so that a text is read alike wherever it comes from.
"""
