"""Metadata: title, document number, date, issuers and authors of a document.

`text_metadata` reads them out of the passages: the number and date from lines of their own, the issuers from joint
bylines, enactment notes, signatures or the title, in this order. `page_metadata` reads what a web page states about the
document in tables and in its head, `page_labels` the same in a page copied into a text file, and `page_and_text`
decides where the two disagree. What a page or a catalogue states wins over the text, or fills its gaps, as its reader
decides (``overrides``, ``defaults``).
"""
