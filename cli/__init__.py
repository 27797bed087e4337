"""People: the command line, what it prints and what it exports.

A command (`commands`) reads its options, asks `zhengce.index`, and hands the plain data it gets to a view. A view
decides what is shown and where it goes: laid out for a terminal or as lines for a pipe (`display`), as a file
(`export`), or in the window (`browse`). `main` turns whatever happens into a message on stderr and an exit code: 0
something was found, 1 nothing was found, 2 an error, 130 interrupted.

A search in a pipe must start at once, so Rich, Textual and the modules that only some commands need are imported late.
Texts of documents are untrusted: whatever a terminal would act on is replaced before it is printed.
"""
