"""The Whoosh index: one Whoosh document a passage, for words, ranking and metadata.

Passages are written in reading order into one segment, so Whoosh's number of a document is the passage's
ordinal in the store, and nothing is stored twice.
"""

from __future__ import annotations

from typing import Any

from whoosh import fields

FOLDER = "whoosh"


def schema() -> Any:
    """Return the schema. To be given whenever an index is opened: Whoosh pickles the classes of the
    schema it wrote by their import paths."""
    return fields.Schema(
        words=fields.KEYWORD(scorable=True),
        document=fields.ID(),
        passage=fields.NUMERIC(int),
        kind=fields.ID(),
        title=fields.ID(),
        number=fields.ID(),
        issuer=fields.KEYWORD(),
        author=fields.KEYWORD(),
        date=fields.ID(),
        genre=fields.ID(),
        region=fields.ID(),
        section=fields.KEYWORD(),
    )
