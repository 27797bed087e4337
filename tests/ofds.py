"""Writes OFD files for tests: pages of text objects and rules, as the programs of offices write them."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

SPACE = "http://www.ofdspec.org/2016"


def text(x: float, y: float, written: str, size: float = 5.6, deltas: str | None = None, **attributes: str) -> str:
    """Return a text object whose first character stands at a point of the page, in millimetres from its left and top
    edges. ``deltas`` are the distances between characters as the format writes them."""
    distances = f' DeltaX="{deltas}"' if deltas else ""
    more = "".join(f' {name}="{value}"' for name, value in attributes.items())
    code = f'<ofd:TextCode X="0" Y="{size}"{distances}>{escape(written)}</ofd:TextCode>'
    return f'<ofd:TextObject ID="9" Boundary="{x} {y} 150 {size}" Size="{size}" Font="2"{more}>{code}</ofd:TextObject>'


def rule(x: float, y: float, width: float, height: float) -> str:
    """Return a line from a point to the right or downwards."""
    path = f"<ofd:AbbreviatedData>M 0 0 L {width} {height}</ofd:AbbreviatedData>"
    return f'<ofd:PathObject ID="8" Boundary="{x} {y} {width} {height}">{path}</ofd:PathObject>'


def grid(columns: tuple[float, ...], rows: tuple[float, ...]) -> str:
    """Return the rules of a table, whose lines stand at these distances from the left and the top."""
    across = [rule(columns[0], y, columns[-1] - columns[0], 0) for y in rows]
    return "".join([*across, *(rule(x, rows[0], 0, rows[-1] - rows[0]) for x in columns)])


def ofd(*pages: str, template: str = "", parts: dict[str, str] | None = None, space: str = SPACE) -> bytes:
    """Return an OFD file with the objects of these pages, all of them on a ``template`` if there is one."""
    named = '<ofd:TemplatePage ID="7" BaseLoc="Tpls/Tpl_0/Content.xml"/>' if template else ""
    used = '<ofd:Template TemplateID="7"/>' if template else ""
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
    area = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
    members = {
        "OFD.xml": "<ofd:OFD><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document><ofd:CommonData>{area}{named}</ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        "Doc_0/Tpls/Tpl_0/Content.xml": _content(template, ""),
        **{f"Doc_0/Pages/Page_{n}/Content.xml": _content(objects, used) for n, objects in enumerate(pages)},
        **(parts or {}),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, written in members.items():
            archive.writestr(name, written.replace(">", f' xmlns:ofd="{space}">', 1))
    return out.getvalue()


def _content(objects: str, used: str) -> str:
    return f'<ofd:Page>{used}<ofd:Content><ofd:Layer ID="1">{objects}</ofd:Layer></ofd:Content></ofd:Page>'
