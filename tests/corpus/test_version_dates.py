"""Dates of versions: the history that notes on enactment tell, the date of the version in hand, and contradictions."""

from __future__ import annotations

from pathlib import Path

import pytest
from zhengce.corpus.document import Document
from zhengce.corpus.document_reader import read_document
from zhengce.corpus.files import Source
from zhengce.corpus.metadata.text_metadata import metadata_and_warnings, read_metadata
from zhengce.corpus.model import Kind, Passage
from zhengce.corpus.notation.enactment_history import enactment_history, without_titles
from zhengce.corpus.notation.enactment_notes import tells_history
from zhengce.corpus.notation.enactment_told import told_enactment

COUNCIL = "青山省第十二届人民代表大会常务委员会第二十次会议"


@pytest.mark.parametrize(
    ("note", "events"),
    [
        (f"2003年10月28日 {COUNCIL}通过", [("adopted", "2003-10-28")]),
        (f"2003年12月1日{COUNCIL}批准", [("approved", "2003-12-01")]),
        ("2003年12月1日 青山省人民政府令第12号公布", [("promulgated", "2003-12-01")]),
        ("2003年12月1日 青山省人民政府令第12号", [("promulgated", "2003-12-01")]),
        (
            f"（2003年10月28日{COUNCIL}通过 自2008年5月1日起施行）",
            [("adopted", "2003-10-28"), ("effective", "2008-05-01")],
        ),
        (
            "（1993年12月29日通过 根据1999年12月25日《关于修改〈物流法〉的决定》第一次修正 2005年10月27日修订）",
            [("adopted", "1993-12-29"), ("revised", "1999-12-25"), ("revised", "2005-10-27")],
        ),
        (f"2010年10月29日{COUNCIL}通过的《关于修改〈物流条例〉的决定》修正", [("revised", "2010-10-29")]),
        (f"2010年10月29日{COUNCIL}通过的《关于修改〈物流条例〉的决定》", [("revised", "2010-10-29")]),
        (f"2010年10月29日{COUNCIL}通过的《物流条例》", [("adopted", "2010-10-29")]),
        ("2017年2月8日 国务院第164次常务会议修订通过", [("revised", "2017-02-08")]),
        (
            f"2010年11月25日{COUNCIL}批准的2010年10月29日青山市人民代表大会常务委员会修正",
            [("approved", "2010-11-25"), ("revised", "2010-10-29")],
        ),
        ("1994年2月1日经国务院批准 青山部令第2号发布", [("promulgated", "1994-02-01")]),
        ("1984年2月1日国务院公布施行", [("promulgated", "1984-02-01"), ("effective", "1984-02-01")]),
        ("1984年2月1日国务院公布，自公布之日起施行", [("promulgated", "1984-02-01"), ("effective", "1984-02-01")]),
        ("1984年2月1日自发布之日施行", [("promulgated", "1984-02-01"), ("effective", "1984-02-01")]),
        ("1985年12月30日", [("signed", "1985-12-30")]),
        ("1958年3月17日国务院批准 1958年4月19日交通部", [("approved", "1958-03-17"), ("signed", "1958-04-19")]),
        (
            "2010年7月21日国务院常务会议、2010年3月29日中央军事委员会会议第三次修订",
            [("revised", "2010-07-21"), ("revised", "2010-03-29")],
        ),
        ("２００２年６月２９日 青山省人民代表大会通过", [("adopted", "2002-06-29")]),
        ("2003年13月28日通过", []),
        ("2003年10月通过", []),
        ("根据《2003年10月28日公布的物流法》", []),
    ],
)
def test_events_of_a_note(note: str, events: list[tuple[str, str]]) -> None:
    assert [(event.kind, event.date) for event in enactment_history([note])] == events


def test_an_event_has_the_words_of_its_note() -> None:
    (adopted, effective) = enactment_history(["（2003年10月28日第五次会议通过，自2004年1月1日起施行）"])
    assert (adopted.text, effective.text) == ("第五次会议通过", "起施行")


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("《关于修改〈实施《物流法》办法〉的决定》修正", "《改》修正"),
        ("《物流法》和《仓储法》", "《》和《》"),
        ("《关于废止《甲条例》的决定》", "《》"),
        ("《未关的通过", "《未关的通过"),
        ("《未关〈的》通过", "《》通过"),
        ("》通过", "》通过"),
    ],
)
def test_titles_are_left_out(text: str, rest: str) -> None:
    assert without_titles(text) == rest


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("2012年12月13日公安部令第127号修订发布。根据2020年7月20日公安部令第159号修正）", True),
        ("（2012年12月13日公安部令第127号发布" + "　根据2020年7月20日公安部令第159号修正" * 30 + "）", True),
        ("2012年12月13日，公安部发布了规定。规定共有十条。", False),
        ("根据。自。", False),
    ],
)
def test_what_tells_the_history(text: str, tells: bool) -> None:
    assert tells_history(text) is tells


@pytest.mark.parametrize(
    ("text", "adopted", "approved", "effective"),
    [
        (
            f"《青山省物流条例》已由{COUNCIL}于2019年5月30日通过，现予公布，自2019年7月1日起施行。",
            "2019-05-30", None, "2019-07-01",
        ),
        (f"第九条 本条例于2019年5月30日经{COUNCIL}通过，自公布之日起施行。", "2019-05-30", None, None),
        ("本条例已经二〇一九年五月三十日省政府第10次常务会议审议通过。", "2019-05-30", None, None),
        (
            f"《中华人民共和国青山省物流条例》已由{COUNCIL}于2019年4月1日通过，2019年5月30日经省人大常委会批准，现予公布。",
            "2019-04-01", "2019-05-30", None,
        ),
        ("《仓储条例》已由第五次会议于2019年5月30日通过。", None, None, None),
        ("《青山省物流条例》（2019年5月30日通过）规定如下。", None, None, None),
        ("本条例所称规划，是指2019年5月30日会议通过的规划。", None, None, None),
        ("本条例施行前于2019年5月30日会议通过的规划有效。", None, None, None),
        ("2019年5月30日，会议通过了本条例。", None, None, None),
    ],
)  # fmt: skip
def test_enactment_told_in_a_sentence(
    text: str, adopted: str | None, approved: str | None, effective: str | None
) -> None:
    assert told_enactment(text, ["青山省物流条例"]) == (adopted, approved, effective)


def test_a_sentence_in_the_text_tells_when_a_law_was_adopted() -> None:
    told = passage("paragraph", f"第九条 本条例于2019年5月30日经{COUNCIL}通过，自2019年7月1日起施行。")
    metadata = read_metadata([passage("title", "青山省物流条例"), passage("paragraph", "第一条 制定本条例。"), told])
    assert (metadata.adopted, metadata.effective, metadata.date) == ("2019-05-30", "2019-07-01", "2019-05-30")
    # Notes below the title are believed over it.
    assert law(ADOPTED, tail=(told,))[0] == "2003-10-28"


def passage(kind: Kind, text: str) -> Passage:
    return Passage(1, kind, (), ((1, 1),), text)


def law(*notes: str, name: str = "", tail: tuple[Passage, ...] = ()) -> tuple[str | None, tuple[str, ...]]:
    """Return the date of a law, and the warnings."""
    passages = [passage("title", "青山省物流条例"), *(passage("paragraph", note) for note in notes)]
    passages += [passage("paragraph", "第一条 为了发展物流，制定本条例。"), *tail]
    metadata, warnings = metadata_and_warnings(passages, fallback=name)
    return metadata.date, warnings


ADOPTED, PROMULGATED = f"2003年10月28日{COUNCIL}通过", "2003年11月5日青山省人民政府公布"
REVISED = "2018年10月26日《关于修改〈青山省物流条例〉的决定》修正"
SIGNED = (passage("byline", "2003年10月30日"),)


@pytest.mark.parametrize(
    ("notes", "tail", "date"),
    [
        ((ADOPTED,), (), "2003-10-28"),
        ((ADOPTED,), SIGNED, "2003-10-30"),
        ((ADOPTED, PROMULGATED), SIGNED, "2003-11-05"),
        ((ADOPTED, PROMULGATED, REVISED), SIGNED, "2018-10-26"),
        ((ADOPTED, REVISED, "2018年12月1日青山省人民代表大会常务委员会批准"), (), "2018-12-01"),
        ((ADOPTED, REVISED, "2018年12月1日公布", "自2019年1月1日起施行"), (), "2018-12-01"),
        ((ADOPTED, REVISED, f"2023年7月28日{COUNCIL}通过"), (), "2023-07-28"),
        (("自2019年1月1日起施行",), (), None),
        ((), SIGNED, "2003-10-30"),
    ],
)
def test_the_date_is_that_of_the_version_in_hand(
    notes: tuple[str, ...], tail: tuple[Passage, ...], date: str | None
) -> None:
    assert law(*notes, tail=tail) == (date, ())


@pytest.mark.parametrize(
    ("notes", "name", "date"),
    [
        ((), "物流条例(2018-10-26)", "2018-10-26"),
        ((ADOPTED,), "物流条例(2018-10-26)", "2018-10-26"),
        ((ADOPTED,), "物流条例_20031105", "2003-11-05"),
        (("2003年10月28日",), "物流条例(2003-11-05)", "2003-11-05"),
        ((ADOPTED, REVISED), "物流条例(2018-10-26)", "2018-10-26"),
        ((), "2018", "2018"),
        ((ADOPTED,), "2018", "2003-10-28"),
    ],
)
def test_a_date_in_the_name_of_the_file_settles_doubt(notes: tuple[str, ...], name: str, date: str) -> None:
    assert law(*notes, name=name) == (date, ())


def test_a_date_in_the_name_that_contradicts_the_text_is_a_warning() -> None:
    said = "the file's name gives the date {}, the text {}, which is taken"
    earlier = law(ADOPTED, REVISED, name="物流条例(2003-10-28)")
    assert earlier == ("2018-10-26", (said.format("2003-10-28", "2018-10-26"),))
    # A signature is the day of this very text; a later day in the name may be that of its download.
    later = law(tail=SIGNED, name="通知(2003-11-05)")
    assert later == ("2003-10-30", (said.format("2003-11-05", "2003-10-30"),))


def test_a_day_in_the_name_soon_after_promulgation_is_a_slip() -> None:
    said = "the file's name gives the date 2013-07-21, the text 2013-07-12, which is taken"
    promulgated = "2013年7月12日国务院令第637号公布"
    assert law(promulgated, name="物流条例(2013-07-21)") == ("2013-07-12", (said,))
    assert law(promulgated, name="物流条例(2019-07-21)") == ("2019-07-21", ())


def test_the_heading_of_the_contents_may_be_run_into_the_note() -> None:
    note = f"（2003年10月28日{COUNCIL}通过 根据2012年12月28日{COUNCIL}《关于修改〈物流条例〉的决定》修正）目录"
    assert law(note) == ("2012-12-28", ())


def test_a_name_may_be_more_precise_than_the_text() -> None:
    month = (passage("byline", "2003年10月"),)
    assert law(tail=month, name="通知(2003-10-30)") == ("2003-10-30", ())
    assert law(tail=month, name="通知(2003-11-30)")[0] == "2003-10"


def test_each_date_is_known_by_itself() -> None:
    notes = (
        "1993年12月29日通过",
        "1994年1月5日批准",
        "1994年1月10日公布",
        "1999年12月25日修正",
        "2005年10月27日修订",
        "2005年11月2日公布",
    )
    body = passage("paragraph", "第二百一十八条 本条例自2006年1月1日起施行。1990年的《物流办法》同时废止。")
    passages = [passage("title", "物流条例"), *(passage("paragraph", note) for note in notes), body]
    metadata, _ = metadata_and_warnings([*passages, passage("byline", "二ＯＯ五年十一月一日")])
    assert metadata.adopted == "1993-12-29"
    assert metadata.approved == "1994-01-05"
    assert metadata.promulgated == "2005-11-02"
    assert metadata.revised == ("1999-12-25", "2005-10-27")
    assert metadata.effective == "2006-01-01"
    assert metadata.signed == "2005-11-01"
    assert metadata.date == "2005-11-02"


@pytest.mark.parametrize(
    ("text", "effective"),
    [
        ("第九条 本办法自公布之日起施行。", "2003-11-05"),
        ("本通知自2022年7月1日起执行。", "2022-07-01"),
        ("第九条 本办法由省财政厅负责解释，自2022年7月1日起施行。", None),
        ("第九条 依照本办法自2022年7月1日起施行的标准", None),
    ],
)
def test_when_a_text_takes_effect(text: str, effective: str | None) -> None:
    passages = [passage("title", "青山省物流办法"), passage("paragraph", PROMULGATED), passage("paragraph", text)]
    assert metadata_and_warnings(passages)[0].effective == effective


def test_after_a_revision_the_day_of_promulgation_is_not_that_of_taking_effect() -> None:
    body = passage("paragraph", "第九条 本办法自公布之日起施行。")
    notes = (passage("paragraph", PROMULGATED), passage("paragraph", REVISED))
    metadata, _ = metadata_and_warnings([passage("title", "青山省物流办法"), *notes, body])
    assert metadata.effective is None


def test_what_is_stated_of_dates_wins_and_what_is_no_date_is_said_by_name() -> None:
    passages = [passage("title", "青山省物流办法"), passage("paragraph", ADOPTED)]
    stated = {"revised": "2019-03-01、2018年10月26日", "adopted": "2003-10", "effective": "2014年13月4日"}
    metadata, warnings = metadata_and_warnings(passages, overrides=stated, fallback="办法(2003-01-01)")
    assert (metadata.revised, metadata.adopted) == (("2018-10-26", "2019-03-01"), "2003-10")
    assert metadata.effective is None
    assert warnings == (
        "effective is stated as “2014年13月4日”, which is no date; write it as 2022, 2022-07 or 2022-07-26",
        "the file's name gives the date 2003-01-01, the text 2003-10-28, which is taken",
    )
    # Who states the date has settled the doubt.
    assert metadata_and_warnings(passages, overrides={"date": "2003"}, fallback="办法(2003-01-01)")[1] == ()


def test_the_body_of_the_place_in_the_title_enacted_the_law() -> None:
    other = "2001年6月29日 白水省人民代表大会常务委员会第二次会议通过"
    passages = [passage("title", "青山省物流条例"), passage("paragraph", other), passage("paragraph", ADOPTED)]
    assert metadata_and_warnings(passages)[0].issuers == ("青山省人民代表大会常务委员会",)


def test_two_versions_of_a_law_have_dates_of_their_own(tmp_path: Path) -> None:
    def read(name: str, notes: str) -> Document:
        path = tmp_path / f"{name}.md"
        path.write_text(f"# 物流法\n\n{notes}\n\n第一条 为了规范物流活动，制定本法。\n", encoding="utf-8")
        return read_document(Source(name, path))

    first = "1993年12月29日 第八届全国人民代表大会常务委员会第五次会议通过"
    second = f"{first}\n\n2023年12月29日 第十四届全国人民代表大会常务委员会第七次会议第二次修订"
    older, newer = read("物流法(2018-10-26)", first), read("物流法(2023-12-29)", second)
    assert (older.metadata.date, newer.metadata.date) == ("2018-10-26", "2023-12-29")
    assert older.warnings == newer.warnings == ()
    assert read("物流法(2019-01-01)", second).warnings
