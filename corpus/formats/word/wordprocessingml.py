"""Access to elements of WordprocessingML, the XML of Word files: names, values, switches, symbols."""

from __future__ import annotations

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def value(element: etree._Element, tag: str) -> str | None:
    """Return the value (``w:val``) of an element's child, None if there is no such child or value."""
    child = element.find(f"{W}{tag}")
    return None if child is None else child.get(f"{W}val")


def integer(element: etree._Element, attribute: str, default: int) -> int:
    """Return an attribute of an element as a number, the default if it is missing or not a number."""
    try:
        return int(element.get(f"{W}{attribute}", ""))
    except ValueError:
        return default


def is_on(switch: etree._Element | None) -> bool:
    """Tell whether a switch such as ``w:vanish`` is present and not turned off."""
    return switch is not None and switch.get(f"{W}val", "true") not in ("0", "false", "off")


# The first symbols that Word's dialog offers, by font and code. Others stay characters of the private use area.
_SYMBOLS = {
    "wingdings": {
        0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒", 0x75: "◆", 0x76: "❖", 0xA1: "○", 0xA7: "▪", 0xA8: "□",
        0xD8: "➢", 0xE0: "→", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
    },
    "wingdings 2": {0x2A: "□", 0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "□"},
    "symbol": {0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xA3: "≤", 0xB9: "≠", 0xBB: "≈", 0xA5: "∞"},
}  # fmt: skip


def symbol(element: etree._Element) -> str:
    """Return the character that a symbol (``w:sym``) shows."""
    try:
        code = int(element.get(f"{W}char", ""), 16)
        character = chr(code)
    except (ValueError, OverflowError):
        return ""
    shown = _SYMBOLS.get(element.get(f"{W}font", "").lower(), {}).get(code & 0xFF)
    private = 0xE000 <= code < 0xF900
    return shown or (character if private or character.isprintable() else "")
