"""The style sheet of the window, in the CSS of Textual: where its parts are, and how wide."""

from __future__ import annotations

from ..display.theme import FRAME, WARNING

WINDOW_CSS = f"""
#top {{ height: 1; }}
#top > Static {{ width: auto; }}
#query {{ width: 1fr; margin-left: 1; }}
#query > .input--selection {{ background: ansi_default; color: ansi_default; text-style: reverse; }}
#prompt.-focused {{ text-style: reverse; }}
#message {{ display: none; height: auto; max-height: 8; padding: 0 1; border-left: outer {WARNING}; }}
#panes {{ layout: horizontal; height: 1fr; }}
#panes > Vertical {{ height: 1fr; }}
#left {{ width: 2fr; max-width: 60; }}
#right {{ width: 3fr; border-left: solid {FRAME}; }}
.-stacked #panes {{ layout: vertical; }}
.-stacked #left {{ width: 1fr; max-width: 100%; height: 2fr; }}
.-stacked #right {{ width: 1fr; height: 3fr; border-left: none; }}
.head {{ height: 1; text-style: underline; }}
.head.-focused {{ text-style: bold reverse; }}
Pane {{ height: 1fr; }}
#status {{ height: 1; }}
"""
