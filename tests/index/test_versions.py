"""Versions of one law, and repeal: by the title that is named and by dates, never by guess."""

from __future__ import annotations

import pytest
from zhengce.corpus.model import Metadata
from zhengce.corpus.text.folding import Folding
from zhengce.corpus.text.simplification import simplified_characters
from zhengce.index.model import IndexedDocument
from zhengce.index.search.repeals import EndOfForce, lists_repealed, repeals, says_repealed
from zhengce.index.search.versions import Version, family_of, is_law, standings, version_groups

fold = Folding(simplified_characters()).fold


@pytest.mark.parametrize(
    ("title", "family"),
    [
        ("中华人民共和国物流法", "物流法"),
        ("中華人民共和國物流法", "物流法"),
        ("中华人民共和国物流法（2018年修正）", "物流法"),
        ("物流法(2023修订)", "物流法"),
        ("物流法（二〇一八年修正本）", "物流法"),
        ("物流法（修订）", "物流法"),
        ("物流法（2018年第三次修正）", "物流法"),
        ("物流法（2018-10-26）", "物流法"),
        ("物流法（2018年版）", "物流法"),
        ("实施《中华人民共和国物流法》办法", "实施《物流法》办法"),
        ("实施<中华人民共和国物流法>办法", "实施《物流法》办法"),
        ("关于适用物流法的解释（二）", "关于适用物流法的解释(二)"),
        ("物流办法（试行）", "物流办法(试行)"),
        ("物流法（修订草案）", "物流法(修订草案)"),
    ],
)
def test_versions_share_a_title(title: str, family: str) -> None:
    assert family_of(title, fold) == family


@pytest.mark.parametrize(
    ("title", "law"),
    [
        ("物流法", True),
        ("物流办法(试行)", True),
        ("解释(二)", True),
        ("政府工作报告", False),
        ("关于印发物流办法的通知", False),
    ],
)
def test_only_laws_have_versions(title: str, law: bool) -> None:
    assert is_law(title) is law


@pytest.mark.parametrize(
    ("text", "families"),
    [
        ("第九条 本法自2004年1月1日起施行。《物流条例》同时废止。", ["物流条例"]),
        ("第九条 本法自2004年1月1日起施行，《物流条例》同时废止。", ["物流条例"]),
        ("1990年2月3日国务院发布的《物流条例》同时废止。", ["物流条例"]),
        (
            "《甲条例》（国发〔2001〕3号）、1990年国务院发布的《乙条例》和《丙办法》（试行）同时废止",
            ["丙办法", "乙条例", "甲条例"],
        ),
        ("《实施〈中华人民共和国物流法〉办法》同时废止。", ["实施《物流法》办法"]),
        ("原《物流条例》自本法施行之日起废止。", ["物流条例"]),
        ("《物流条例》即行废止。", ["物流条例"]),
        ("依照《物流法》制定的《物流条例》同时废止。", ["物流条例"]),
        ("一、废止《物流条例》（1992年9月19日某省人民代表大会常务委员会通过）", ["物流条例"]),
        ("常务委员会会议决定：废止《物流条例》、《仓储办法》和《运输规定》。", ["物流条例", "仓储办法", "运输规定"]),
        ("（三）废止《物流条例》等3部法规。", ["物流条例"]),
        ("《甲条例》《乙办法》（国发〔2001〕3号）《丙规定》同时废止。", ["丙规定", "乙办法", "甲条例"]),
        ("《甲条例》和《乙办法》都同时废止。", ["乙办法", "甲条例"]),
        ("《甲解释》（法释〔2002〕3号）不再适用。", ["甲解释"]),
        ("自2020年1月1日起，废止《甲条例》、1990年国务院发布的《乙办法》。", ["甲条例", "乙办法"]),
        ("第九次会议决定废止1990年9月8日通过的《甲条例》。", ["甲条例"]),
        ("《甲条例》自2020年1月1日起，废止。", ["甲条例"]),
        ("《甲条例》自2020年1月1日起停止施行。", ["甲条例"]),
        ("根据《甲决定》修正的《乙条例》同时废止。", ["乙条例"]),
        ("《甲许可证》期满的，自行废止。", []),
        ("不再适用《甲条例》中关于合同的规定。", []),
        ("《甲条例》中有关班列的规定同时废止。", []),
        ("制定、修改、废止《甲条例》的程序，由省政府规定。", []),
        ("《甲条例》自本法施行之日起废止的，除外。", []),
        ("规章的制定、修改和废止，依照《物流法》执行。", []),
        ("一、废止《物流条例》第三条。", []),
        ("不得废止《物流条例》。", []),
        ("《物流条例》第三条同时废止。", []),
        ("对《物流条例》应当修改或者废止。", []),
        ("《物流条例》废止后，由主管部门公告。", []),
        ("与《物流条例》不一致的，同时废止。", []),
        ("《物流条例》继续施行。", []),
    ],
)
def test_what_a_passage_repeals(text: str, families: list[str]) -> None:
    assert [family_of(each.title, fold) for each in repeals(text, fold)] == families


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("本法自2004年1月1日起施行。《物流条例》同时废止。", "2004-01-01"),
        ("本法自2004年1月1日起施行。《物流条例》自2005年3月1日起废止。", "2005-03-01"),
        ("自二〇〇五年三月一日起，废止《物流条例》。", "2005-03-01"),
        ("《物流条例》自本法施行之日起废止。", None),
        ("一、废止《物流条例》。", None),
    ],
)
def test_the_day_of_a_repeal(text: str, since: str | None) -> None:
    assert [each.since for each in repeals(text, fold)] == [since]


def law(id_: str, title: str, date: str | None = None, *issuers: str) -> IndexedDocument:
    return IndexedDocument(id_, Metadata(title, date=date, issuers=issuers), 0, 1, 1)


OLD, NEW = law("old", "中华人民共和国物流法", "2003-10-28"), law("new", "物流法（2018年修正）", "2018-10-26")
STORES = law("stores", "仓储法", "2023-05-06")
REPEAL = "第九条 本法自2018年12月1日起施行。《物流法》同时废止。"


def test_versions_are_listed_by_date() -> None:
    found = standings([NEW, OLD, STORES], [], fold)
    both = (Version("old", "2003-10-28"), Version("new", "2018-10-26"))
    assert found["old"] == found["new"]
    assert (found["old"].family, found["old"].versions, found["old"].repealed_by) == ("物流法", both, ())
    assert (found["stores"].family, found["stores"].versions) == (None, ())


def test_the_same_version_twice_is_one_version() -> None:
    again = OLD._replace(id="again")
    assert standings([OLD, again], [], fold)["old"].versions == ()
    undated = law("undated", "物流法")
    assert standings([OLD, undated], [], fold)["old"].versions == (
        Version("undated", None),
        Version("old", "2003-10-28"),
    )


def test_laws_of_other_bodies_are_no_versions() -> None:
    one, other = (
        law("one", "人口条例", "2001-01-01", "青山省人民政府"),
        law("other", "人口条例", "2002-01-01", "白水省人民政府"),
    )
    assert standings([one, other], [], fold)["one"].versions == ()
    of_same = law("same", "人口条例", "2003-01-01", "青山省人民代表大会")
    assert [each.document for each in standings([one, other, of_same], [], fold)["one"].versions] == ["one", "same"]


def test_a_law_repeals_what_is_older_than_the_day_on_which_it_takes_effect() -> None:
    later = law("later", "物流法", "2024-01-01")
    found = standings([OLD, NEW, later, STORES], [(STORES, REPEAL)], fold)
    assert {id_: each.repealed_by for id_, each in found.items()} == {
        "old": ("stores",), "new": ("stores",), "later": (), "stores": (),
    }  # fmt: skip


def test_without_a_day_in_the_passage_that_of_the_document_counts() -> None:
    text = "《物流法》同时废止。"
    assert standings([NEW, STORES], [(STORES, text)], fold)["new"].repealed_by == ("stores",)
    effective = STORES._replace(metadata=STORES.metadata._replace(effective="2018-01-01"))
    assert standings([NEW, effective], [(effective, text)], fold)["new"].repealed_by == ()
    unknown = law("stores", "仓储法")
    assert standings([NEW, unknown], [(unknown, text)], fold)["new"].repealed_by == ()
    undated = law("undated", "物流法")
    assert standings([undated, STORES], [(STORES, text)], fold)["undated"].repealed_by == ()


def test_a_law_does_not_repeal_itself_but_its_older_version() -> None:
    text = "第九条 本法自2019年1月1日起施行。2003年通过的《物流法》同时废止。"
    found = standings([OLD, NEW], [(NEW, text)], fold)
    assert (found["old"].repealed_by, found["new"].repealed_by) == (("new",), ())


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("（已废止）", EndOfForce()),
        ("【已失效】", EndOfForce()),
        ("本办法已废止。", EndOfForce()),
        ("（本条例已于2021年3月1日废止）", EndOfForce("2021-03-01")),
        ("第三十条 本办法自2021年3月1日起废止。", EndOfForce("2021-03-01")),
        ("本规定自2018年1月1日起施行，自2021年3月1日起自行失效。", EndOfForce("2021-03-01")),
        ("《物流条例》同时废止。本通知从二〇二一年三月一日起停止执行。", EndOfForce("2021-03-01")),
        ("本办法自新的规定施行之日起废止。", None),
        ("本办法自2021年3月1日起施行。", None),
        ("依照本办法发放的许可证自2021年3月1日起失效。", None),
        ("本办法已废止的条款除外。", None),
        ("第三条 （已废止）", None),
        ("许可证已失效", None),
    ],
)
def test_what_a_text_says_of_itself(text: str, says: EndOfForce | None) -> None:
    assert says_repealed(text, fold) == says


@pytest.mark.parametrize(
    ("title", "lists"),
    [
        ("某省人民政府关于废止部分规章的决定", True),
        ("某省人民政府关于宣布失效一批文件的通知", True),
        ("某省人民政府关于废止和修改部分规章的决定", False),
        ("关于修改部分规章的决定", False),
        ("废止办法", False),
    ],
)
def test_which_texts_list_what_they_repeal(title: str, lists: bool) -> None:
    assert lists_repealed(title, fold) is lists


def test_decisions_and_texts_that_say_so_themselves() -> None:
    documents = [
        law("a", "物流条例", "1992-01-01"),
        law("b", "仓储办法", "1993-01-01"),
        law("c", "运输规定（已废止）", "1994-01-01"),
        law("d", "市场规定", "1995-01-01"),
        law("e", "关于废止部分规章的决定", "2021-01-01"),
        law("f", "关于修改部分规章的决定", "2021-01-01"),
    ]
    passages = [
        (documents[4], "1.《物流条例》（1992年发布）"),
        (documents[4], "二、废止《仓储办法》。"),
        (documents[5], "1.《市场规定》"),
        (documents[3], "（已失效）"),
    ]
    found = standings(documents, passages, fold)
    assert {id_: each.repealed_by for id_, each in found.items() if each.repealed_by} == {"a": ("e",), "b": ("e",)}
    assert [id_ for id_, each in found.items() if each.repealed] == ["c", "d"]


def test_since_when_a_law_is_repealed_is_the_first_day_that_is_told() -> None:
    documents = [
        OLD,
        law("b", "仓储法", "2023-05-06"),
        law("c", "运输法", "2023-06-07"),
        law("d", "市场法", "2000-01-01"),
    ]
    passages = [
        (documents[1], "本法自2024年1月1日起施行。《物流法》同时废止。"),
        (documents[2], "《物流法》自2023年7月1日起废止。《市场法》同时废止。"),
        (documents[3], "本法自2022年3月1日起失效。"),
    ]
    found = standings(documents, passages, fold)
    assert (found["old"].repealed_by, found["old"].since) == (("b", "c"), "2023-07-01")
    assert (found["d"].repealed_by, found["d"].repealed, found["d"].since) == (("c",), True, "2022-03-01")
    assert found["b"].since is None


def test_versions_form_a_group_where_the_first_stands() -> None:
    documents = [
        law("a", "物流法（2003年修正）", "2003-01-01", "青山省人大"),
        law("b", "仓储办法", "1993-01-01"),
        law("c", "物流法（2018年修正）（已废止）", "2018-01-01"),
        law("d", "关于物流的通知", "2018-01-01"),
        law("e", "关于物流的通知", "2019-01-01"),
        law("f", "物流法", "2020-01-01")._replace(
            metadata=Metadata("物流法", date="2020-01-01", issuers=("某市人大",))
        ),
    ]
    assert [[each.id for each in group] for group in version_groups(documents, fold)] == [
        ["c", "a"], ["b"], ["d"], ["e"], ["f"],
    ]  # fmt: skip
