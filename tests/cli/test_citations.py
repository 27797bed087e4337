"""Citations on the command line; tests/index/test_citations.py has the styles in their rules."""

from __future__ import annotations

from conftest import Run


def test_the_head_of_bibtex_begins_no_entry(zhengce: Run) -> None:
    code, out, _ = zhengce("search", "中欧班列 | /@misc\\{/", "-f", "bibtex", "-o", "-")
    assert code == 0
    head, entries = out.split("\n@", 1)
    assert "@" not in head
    assert "/＠misc" in head
    assert entries.startswith("misc{chengyu,")


def test_cite_on_the_command_line(zhengce: Run) -> None:
    code, out, _ = zhengce("cite", "chengyu:17", "xining", "--cite", "apa")
    assert code == 0
    first, second = out.splitlines()
    assert "para. 17" in first
    assert second.startswith("一丁.")
    assert zhengce("cite", "nothing")[0] == 2
    assert zhengce("cite", "chengyu:x")[0] == 2
