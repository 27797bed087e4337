"""Files that a Word file holds in place of text, as programs write that make Word files of web pages.

They are the altChunk of ECMA-376, Part 1, 17.17.2.1.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from email import message_from_bytes
from pathlib import Path

from ...errors import DocumentError
from ...limits import Limits
from ...messages import message
from ...text.encodings import decode
from ..html.reader import declared_encoding, page_blocks, parse
from .blocks import WordBlock

_DEEPEST = 3  # Word files within each other
_PAGES = ("text/html", "application/xhtml+xml")
_MIME = b"mime-version:"


def embedded_blocks(
    path: Path, data: bytes, limits: Limits, depth: int, read_word: Callable[[bytes], Sequence[WordBlock]]
) -> list[WordBlock]:
    """Return the paragraphs of an embedded file: a web page, alone or in an archive, a plain text, or a Word file,
    which ``read_word`` reads. ``path`` is that of the outer file, ``depth`` how many are around the embedded one.

    Raises:
        DocumentError: The embedded file is in another format, damaged, or exceeds a limit.
    """
    if data.startswith(b"PK"):
        if depth >= _DEEPEST:
            raise DocumentError(
                message(
                    "{path} embeds Word files in each other deeper than the limit of {limit}.",
                    path=path,
                    limit=_DEEPEST,
                )
            )
        return list(read_word(data))
    if data.startswith(b"{\\rtf"):
        raise DocumentError(
            message("{path} embeds RTF in its text, which was not read. Save the file anew with Word.", path=path)
        )
    charset = None
    if _MIME in data[:1000].lower():
        data, charset = _page(path, data)
    elif b"<" not in data[:1000]:
        text = decode(path, data, None, None).text
        return [WordBlock(line.strip()) for line in text.splitlines() if line.strip()]
    root = parse(path, decode(path, data, None, charset or declared_encoding(data)).text)
    return (
        []
        if root is None
        else [WordBlock(each.text, each.role, each.level) for each in page_blocks(path, root, limits)]
    )


def _page(path: Path, data: bytes) -> tuple[bytes, str | None]:
    """Return the first page of a web archive, and the encoding that its head states."""
    try:
        page = next((part for part in message_from_bytes(data).walk() if part.get_content_type() in _PAGES), None)
        content = page.get_payload(decode=True) if page else None
        charset = page.get_content_charset() if page else None
    except (RecursionError, ValueError, LookupError) as error:
        raise DocumentError(
            message("{path} embeds a web archive that cannot be read: {reason}.", path=path, reason=str(error))
        ) from error
    if not isinstance(content, bytes):
        raise DocumentError(message("{path} embeds a web archive that holds no page.", path=path))
    return content, charset
