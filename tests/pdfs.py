"""Small PDF files, written by hand: text in a Chinese font that is not in the file, and rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

WIDTH, HEIGHT = 595, 842


@dataclass
class DrawnPage:
    """A page to be: what is drawn on it, in points from its lower left corner."""

    drawn: list[str] = field(default_factory=list)
    rotate: int = 0

    def text(
        self, x: float, y: float, text: str, size: float = 12, matrix: str = "1 0 0 1", mode: int = 0
    ) -> DrawnPage:
        codes = text.encode("utf-16-be").hex()
        self.drawn.append(f"BT {mode} Tr /F0 {size} Tf {matrix} {x} {y} Tm <{codes}> Tj ET")
        return self

    def lines(self, x: float, y: float, texts: Sequence[str], size: float = 12, pitch: float = 20) -> DrawnPage:
        for index, text in enumerate(texts):
            indent = len(text) - len(text.lstrip("　"))
            self.text(x + indent * size, y - index * pitch, text.lstrip("　"), size)
        return self

    def rule(self, x: float, y: float, other_x: float, other_y: float) -> DrawnPage:
        self.drawn.append(f"{x} {y} m {other_x} {other_y} l S")
        return self

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> DrawnPage:
        for x in xs:
            self.rule(x, ys[0], x, ys[-1])
        for y in ys:
            self.rule(xs[0], y, xs[-1], y)
        return self

    def picture(self) -> DrawnPage:
        """Cover the page with a picture, as a scan does."""
        self.drawn.append(f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q")
        return self


def pdf(
    *pages: DrawnPage,
    encoding: str = "/UniGB-UCS2-H",
    trailer: str = "",
    to_unicode: str | None = None,
    title: str = "",
) -> bytes:
    """Return a file with these pages. ``to_unicode`` is the CMap of its font, ``title`` is in its properties."""
    mapped = "/ToUnicode 5 0 R" if to_unicode else ""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        (
            f"<< /Type /Pages /Kids [{' '.join(f'{7 + 2 * i} 0 R' for i in range(len(pages)))}] /Count {len(pages)} "
            f"/MediaBox [0 0 {WIDTH} {HEIGHT}] /Resources << /Font << /F0 3 0 R >> >> >>"
        ).encode(),
        f"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding {encoding} {mapped} "
        "/DescendantFonts [4 0 R] >>".encode(),
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 95 500] /CIDSystemInfo "
        b"<< /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor 6 0 R >>",
        _stream(to_unicode or ""),
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 "
        b"/Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
    ]
    for index, page in enumerate(pages):
        objects.append(f"<< /Type /Page /Parent 2 0 R /Rotate {page.rotate} /Contents {8 + 2 * index} 0 R >>".encode())
        objects.append(_stream("\n".join(page.drawn)))
    if title:
        objects.append(f"<< /Title <feff{title.encode('utf-16-be').hex()}> >>".encode())
        trailer += f" /Info {len(objects)} 0 R"
    data = b"%PDF-1.7\n"
    offsets = []
    for number, each in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer << /Size {size} /Root 1 0 R {trailer} >>"
    return data + f"{end}\nstartxref\n{len(data)}\n%%EOF\n".encode()


def _stream(content: str) -> bytes:
    data = content.encode("latin-1")
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(data), data)
