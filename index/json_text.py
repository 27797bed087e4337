"""JSON in one line, in which a terminal finds nothing to act on."""

from __future__ import annotations

import json
from typing import Any

_encode = json.JSONEncoder(ensure_ascii=False).encode  # json.dumps makes an encoder for each call

_SEPARATORS = (0x2028, 0x2029)  # of lines and paragraphs
_DIRECTIONS = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_UNSAFE = {code: f"\\u{code:04x}" for code in (0x7F, *range(0x80, 0xA0), *_SEPARATORS, *_DIRECTIONS)}


def json_text(value: Any) -> str:
    """Return a value as JSON. Controls and marks of direction are escaped, which JSON readers undo."""
    written = _encode(value)
    # Nearly every text is printable, and to ask takes a tenth of the time of translating. The ideographic space, with
    # which paragraphs begin, does not count as printable.
    if written.isprintable() or written.replace("\u3000", "").isprintable():
        return written
    return written.translate(_UNSAFE)
