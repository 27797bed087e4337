"""The query language: lexer, parser and AST."""
