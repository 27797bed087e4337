"""Simplification: traditional to simplified characters, one to one, by OpenCC's table ``t2s``.

Only a build of an index asks for it: the index keeps the characters, so that a search need not load OpenCC.
"""

from __future__ import annotations

_HAN_BLOCKS = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0xF900, 0xFB00), range(0x20000, 0x323B0))


def simplified_characters() -> dict[str, str]:
    """Return every Han character whose simplified form differs, with that form.

    Characters are converted one by one, not word by word as OpenCC converts texts: a text and a query must fold alike
    wherever a word begins. Takes some 20 ms.
    """
    from opencc import OpenCC

    characters = [chr(code) for block in _HAN_BLOCKS for code in block]
    converted = OpenCC("t2s").convert("\n".join(characters)).split("\n")
    return {
        traditional: simplified
        for traditional, simplified in zip(characters, converted, strict=True)
        if simplified != traditional and len(simplified) == 1
    }
