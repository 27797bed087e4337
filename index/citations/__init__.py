"""Citations: a document, or a passage of it, in the style of a standard or as data for a reference manager.

The styles are written by hand. citeproc-py with the published CSL styles drops the marks [N], [R] and [Z] of GB/T 7714,
misplaces quotation marks in Chicago, does not say what is missing, and knows no section paths; its styles take 89 MB.
"""
