"""``zhengce check``: what is doubtful is listed, with the command that mends it."""

from __future__ import annotations

import json
import shlex
import subprocess
from pathlib import Path

import pytest
from conftest import Run
from zhengce.index.doubts import FEWEST_SHORT, LONGEST_PASSAGE

pytestmark = [pytest.mark.integration, pytest.mark.usefixtures("quick_builds")]

NOTICE = (
    "关于开行班列的通知\n\n渝府办发〔2022〕86号\n\n各区县人民政府：\n\n开行班列。\n\n重庆市人民政府\n\n2022年7月26日\n"
)
OTHER = NOTICE.replace("班列", "航班")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ZHENGCE_HOME", str(tmp_path / "home"))
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a.txt").write_text(NOTICE, encoding="utf-8")
    return folder


def doubts(zhengce: Run, folder: Path) -> list[tuple[str, str, str, str]]:
    zhengce("index", "--corpus", "mine", str(folder))
    code, out, _ = zhengce("check", "--corpus", "mine", "-f", "jsonl")
    found = [json.loads(line) for line in out.splitlines()]
    assert code == (1 if found else 0)
    assert all(list(each) == ["version", "document", "kind", "text", "command"] for each in found)
    return [(each["document"], each["kind"], each["text"], each["command"]) for each in found]


def test_what_is_whole_is_not_doubted(zhengce: Run, folder: Path) -> None:
    assert doubts(zhengce, folder) == []
    assert zhengce("check", "--corpus", "mine") == (0, "", "")


def test_what_is_not_known_is_listed_until_it_is_set(zhengce: Run, folder: Path) -> None:
    (folder / "b.txt").write_text("成都开行班列，发展开放型经济。\n", encoding="utf-8")
    assert doubts(zhengce, folder) == [
        ("b", "no date", "has no date", "zhengce set b date=… --corpus mine"),
        ("b", "no issuer", "has neither issuers nor authors", "zhengce set b issuers=… --corpus mine"),
        ("b", "title", "the title “b” is the name of the file", "zhengce set b title=… --corpus mine"),
    ]
    code, out, err = zhengce("check", "--corpus", "mine")
    assert code == 1
    assert out.splitlines()[0] == "b\tno date\thas no date\tzhengce set b date=… --corpus mine"
    assert err == "zhengce: 3 doubts about 1 of 2 documents.\n"
    zhengce("set", "b", "date=2023", "issuers=", "title=b", "--corpus", "mine")
    assert doubts(zhengce, folder) == []


@pytest.mark.parametrize(
    ("title", "doubt"),
    [
        ("来源：某某日报 ——2025年1月2日", "looks like a source line"),
        ("发布时间：2025-01-02", "looks like a source line"),
        ("——2025年1月2日在某某会议上", "looks like a source line"),
        ("某某市人民政府门户网站", "looks like the name of a site"),
        ("中国政府网", "looks like the name of a site"),
        ("关于某事的通知_某某网", "looks like the name of a site"),
        ("附件1.docx", "looks like the name of a file"),
        ("20250102", "looks like the name of a file"),
        ("关于互联网的通知", None),
        ("国家电网", None),
        ("关于加强网站建设的意见", None),
        ("2025年政府工作报告", None),
        ("某某条例（2018年修正）", None),
    ],
)
def test_a_title_that_is_none_is_doubted(zhengce: Run, folder: Path, title: str, doubt: str | None) -> None:
    (folder / "metadata.csv").write_text(f"file,title\na.txt,{title}\n", encoding="utf-8")
    found = doubts(zhengce, folder)
    assert [text for _, _, text, _ in found] == ([f"the title “{title}” {doubt}"] if doubt else [])


def test_dates_that_contradict_each_other_are_doubted(zhengce: Run, folder: Path) -> None:
    (folder / "a.txt").rename(folder / "a(2021-01-02).txt")
    table = "file,adopted,promulgated,effective\na(2021-01-02).txt,2020-05-06,2020-05,2020-05-07\n"
    (folder / "metadata.csv").write_text(table, encoding="utf-8")
    ((_, kind, text, command),) = doubts(zhengce, folder)
    assert (kind, command) == ("dates", "zhengce set 'a(2021-01-02)' date=… --corpus mine")
    assert text.startswith("the file's name gives the date 2021-01-02, the text 2022-07-26")
    (folder / "metadata.csv").write_text(table.replace("2020-05-07", "2020-05-05"), encoding="utf-8")
    assert [text for _, _, text, _ in doubts(zhengce, folder)][1:] == [
        "was effective on 2020-05-05, before it was adopted on 2020-05-06"
    ]
    zhengce("set", "a(2021-01-02)", "date=2022-07-26", "effective=2020-06", "--corpus", "mine")
    assert doubts(zhengce, folder) == []


def test_a_text_twice_is_doubted_and_can_be_left_out(zhengce: Run, folder: Path) -> None:
    (folder / "b [1].txt").write_text(NOTICE.replace("\n", "\r\n"), encoding="gb18030")
    (folder / "c.txt").write_text(OTHER, encoding="utf-8")
    ((document, kind, text, command),) = doubts(zhengce, folder)
    assert (document, kind, text) == ("b [1]", "same text", "has the same text as a")
    write, _, update = command.partition(" && ")
    subprocess.run(["bash", "-ec", write], check=True)
    assert zhengce(*shlex.split(update)[1:])[0] == 0
    assert doubts(zhengce, folder) == []


def test_passages_of_odd_lengths_and_characters_of_private_use_are_doubted(zhengce: Run, folder: Path) -> None:
    long = "发展开放型经济，" * (LONGEST_PASSAGE // 8)
    short = "\n\n".join(["甲。"] * FEWEST_SHORT)
    lines = [
        "# 关于开行班列的通知",
        f"{long}完成。",
        "发展\ue5e5经济\U000f0001，建设枢纽\ue5e5。",
        short,
        "重庆市人民政府",
        "2022年7月26日",
    ]
    (folder / "a.md").write_text("\n\n".join(lines), encoding="utf-8")
    (folder / "a.txt").unlink()
    assert [each[1:] for each in doubts(zhengce, folder)] == [
        (
            "long passage",
            f"passage 2 has {len(long) + 3:,} characters, more than 5,000",
            "zhengce show a:2 --corpus mine",
        ),
        (
            "short passages",
            "3 paragraphs have 2 characters or fewer, the first is passage 4",
            "zhengce show a:4 --corpus mine",
        ),
        (
            "private-use characters",
            "has characters of private use, which no font shows alike: U+E5E5, U+F0001, the first in passage 3",
            "zhengce show a:3 --corpus mine",
        ),
    ]


def test_what_is_set_of_a_document_that_is_gone_is_doubted(zhengce: Run, folder: Path) -> None:
    (folder / "z.txt").write_text(OTHER, encoding="utf-8")
    zhengce("index", "--corpus", "mine", str(folder))
    zhengce("set", "z", "date=2023", "region=重庆", "--corpus", "mine")
    (folder / "z.txt").unlink()
    ((document, kind, text, command),) = doubts(zhengce, folder)
    assert (document, kind) == ("z", "no document")
    assert text == "date, region set by hand, but there is no such document"
    assert zhengce(*shlex.split(command)[1:])[0] == 0
    assert doubts(zhengce, folder) == []


def test_bundled_documents_are_checked(zhengce: Run) -> None:
    code, out, _ = zhengce("check")
    assert code in (0, 1)
    assert "no issuer" not in out
    assert "--corpus" not in out
