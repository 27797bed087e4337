from __future__ import annotations

import pickle
import re

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st
from zhengce.corpus.text.folding import Folding
from zhengce.corpus.text.simplification import simplified_characters
from zhengce.index.errors import QueryError
from zhengce.index.query.ast import (
    Alias,
    And,
    Dates,
    Field,
    Near,
    Node,
    Not,
    Or,
    Regex,
    SameDocument,
    SameSection,
    SameSentence,
    Term,
    Wildcard,
    always_has_occurrences,
    children,
    has_spans,
    string_nodes,
)
from zhengce.index.query.parser import parse
from zhengce.index.query.regular_expressions import fold_pattern
from zhengce.index.query.writer import quote, write

FOLD = Folding(simplified_characters()).fold
ONE = r"[^\n\t]"
SOME = r"[^\n\t,;:!?。]{0,12}?"
quickly = settings(max_examples=100, deadline=None)


def read(source: str) -> Node:
    return parse(source, FOLD).root


def term(text: str, *, word: bool = False) -> Term:
    return Term(text, FOLD(text).strip(), word)


def refused(source: str) -> QueryError:
    with pytest.raises(QueryError) as caught:
        parse(source, FOLD)
    return caught.value


def attempt(source: str) -> Node | QueryError:
    try:
        return read(source)
    except QueryError as error:
        return error


# Leaves


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ("中欧班列", ["中欧班列"]),
        ("成都 班列", ["成都", "班列"]),
        ("成都\u3000班列\n", ["成都", "班列"]),
        ('"西部陆海 新通道"', ["西部陆海 新通道"]),
        ("“西部陆海 新通道” 物流", ["西部陆海 新通道", "物流"]),
        ("「一带一路」 『走出去』 ﹁甲﹂ 〝乙〞 〝丙〟 ＂丁＂", ["一带一路", "走出去", "甲", "乙", "丙", "丁"]),
        ("“一带一路”倡议", ["“一带一路”倡议"]),
        ("面向“一带一路”的", ["面向“一带一路”的"]),
        ("“他说“好”的” 人", ["他说“好”的", "人"]),
        ('"?*|(-)/=：AND"', ["?*|(-)/=：AND"]),
        ("“甲|乙）”丙 （甲”|乙“）", ["“甲|乙）”丙", "甲”", "乙“"]),
        (r"\“王牌", ["“王牌"]),
        (r'"a \" b"', ['a " b']),
        (r"“a \” b＼””", ["a ” b”"]),
        (r"a\ b ＼（丙 \\ \OR \-d \=e \/f \| g\*", ["a b", "（丙", "\\", "OR", "-d", "=e", "/f", "|", "g*"]),
        ("a\\", ["a\\"]),
        ("和/或 A-B a=b 12:30 注：本表 x\"y's", ["和/或", "A-B", "a=b", "12:30", "注：本表", "x\"y's"]),
        ("——发展 —— 【试行】 〔2022〕86号 [a] 《甲》", ["——发展", "——", "【试行】", "〔2022〕86号", "[a]", "《甲》"]),
        ("or Not near/5 ORDER NEAR5 AND/OR OR、", ["or", "Not", "near/5", "ORDER", "NEAR5", "AND/OR", "OR、"]),
        ("中欧班列（成渝）", ["中欧班列（成渝）"]),
        ("（成渝）地区", ["（成渝）地区"]),
        ("(成渝）地区(试行)（2022）", ["(成渝）地区(试行)（2022）"]),
        ("（“一带一路”）沿线 （）号", ["（“一带一路”）沿线", "（）号"]),
        ("((a)b)c (=)号 (-)x", ["((a)b)c", "(=)号", "(-)x"]),
        ("(a(b)) ((a)c)", ["a(b)", "(a)c"]),
        (r"(a\ \)b)c", ["(a )b)c"]),
        ("1)总则 甲（乙 丙） (1）总则 （一）、", ["1)总则", "甲（乙", "丙）", "(1）总则", "（一）、"]),
        ("foo: Foo:bar ｆｏｏ：甲 RCEP：区域", ["foo:", "Foo:bar", "ｆｏｏ：甲", "RCEP：区域"]),
        ("班列，成都。", ["班列，成都。"]),
    ],
)
def test_words_and_phrases_are_terms_as_they_stand(source: str, texts: list[str]) -> None:
    found = string_nodes(read(source))
    assert [leaf.text for leaf in found] == texts
    assert found == [term(text) for text in texts]


def test_an_equals_sign_asks_for_a_whole_word() -> None:
    terms = ["人民", "人民 代表", "（试行）稿", "a=b", "OR"]
    whole = tuple(term(text, word=True) for text in terms)
    wildcard = Wildcard("学?", f"学{ONE}", ("学",), word=True)
    assert read("=人民 ＝“人民 代表” =（试行）稿 =a=b =OR =学?") == And((*whole, wildcard))
    assert read("人民=") == term("人民=")


def test_all_words_can_be_asked_for_whole() -> None:
    field = Field("title", "人民", "人民")
    expected = And((term("人民", word=True), Wildcard("学?", f"学{ONE}", ("学",), word=True), field))
    assert parse("人民 学? title:人民", FOLD, words=True).root == expected
    assert parse("=人民 =学? title:人民", FOLD, words=True).root == expected


@pytest.mark.parametrize(
    ("source", "pattern", "literals"),
    [
        ("学?", f"学{ONE}", ("学",)),
        ("?学？", f"{ONE}学{ONE}", ("学",)),
        ("發＊展", f"发{SOME}展", ("发", "展")),
        ("发**展", f"发{SOME}展", ("发", "展")),
        ("发?*展", f"发{ONE}{SOME}展", ("发", "展")),
        (r"A.\*\?*（B", rf"a\.\*\?{SOME}\(b", ("a.*?", "(b")),
        ("甲?\u200b?乙", f"甲{ONE}{ONE}乙", ("甲", "乙")),
        ("“如何发展？”的", f'"如何发展{ONE}"的', ('"如何发展', '"的')),
        ("第?条（试*行）", rf"第{ONE}条\(试{SOME}行\)", ("第", "条(试", "行)")),
    ],
)
def test_wildcards_are_gaps_in_a_folded_string(source: str, pattern: str, literals: tuple[str, ...]) -> None:
    found = read(source)
    assert found == Wildcard(source, pattern, literals)
    assert read(write(found)) == found


@pytest.mark.parametrize(
    ("source", "text", "found"),
    [
        ("发*展", "发高质量展现发展", ["发高质量展", "发展"]),
        ("发*展", "发，展 发。展 发；展", []),
        ("发*展", "发\n展 发\t展", []),
        ("学?", "学 学\n学生\t学", ["学学", "学生"]),
    ],
)
def test_wildcards_match_few_characters_within_a_clause(source: str, text: str, found: list[str]) -> None:
    wildcard = read(source)
    assert isinstance(wildcard, Wildcard)
    # Folding turns a line's end to nothing, so lines are folded apart.
    assert re.findall(wildcard.pattern, "\n".join(map(FOLD, text.split("\n")))) == found


@pytest.mark.parametrize(
    ("pattern", "folded"),
    [
        ("[0-9]+.*?(a|B)$", "[0-9]+.*?(a|B)$"),
        ("（[0-9]+）＊", r"\([0-9]+\)\*"),
        (r"\（\d\.\\", r"\(\d\.\\"),
        ("發展——改革", r"发展\-改革"),
        ("成都 市", "成都市"),
        ("RCEP 區域 *[0-9]{2}　年", "RCEP区域[0-9]{2}年"),
        ("RCEP area é b　c", "RCEP area é b c"),
        ("…+…", r"(?:\.\.\.)+\.\.\."),
        ("[…—、 ]", r"[\.\.\.\-、 ]"),
        (r"國發\[2021\]\{1\}", r"国发\(2021\)\(1\)"),
        ("'一帶一路`", '"一带一路"'),
        (r"[\[`〔]+", r'[\("\(]+'),
        ("[^（）發\\]][]發][[:alpha:]發]", r"[^\(\)发\)][]发][[:alpha:]发]"),
        ("[一-龥][乾-龜][a-z-發]", "[一-龥][乾-龜][a-z-发]"),
        ("[０-９Ａ-Ｚ]", "[0-9a-z]"),
        ("a\u200bb c\u200b?", "ab c(?:)?"),
        (r"(?P<發>發)(?P=發)\g<發>(?#（)(?=發)", r"(?P<發>发)(?P=發)\g<發>(?#（)(?=发)"),
        ("e\u0301", "é"),
    ],
)
def test_regular_expressions_are_folded_as_texts_are(pattern: str, folded: str) -> None:
    assert fold_pattern(pattern, FOLD) == folded


@pytest.mark.parametrize(
    ("source", "text", "found"),
    [
        ("/第[一二三四五六七八九十]+条/", "第十二条 第3条", ["第十二条"]),
        ("/[０-９]+ ?億元/", "投资 300 亿元", ["300亿元"]),
        ("/“[^”]+”/", "面向「一带一路」的", ['"一带一路"']),
        ("/RCEP（.+?）/", "rcep(区域全面)协定（试行）", ["rcep(区域全面)"]),
        ("/发展…+/", "发展……", ["发展......"]),
    ],
)
def test_folded_regular_expressions_match_in_folded_texts(source: str, text: str, found: list[str]) -> None:
    node = read(source)
    assert isinstance(node, Regex)
    assert regex.findall(node.pattern, FOLD(text), regex.V0 | regex.IGNORECASE) == found


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("/a b|c/", "a b|c"),
        (r"/a\/b\d\\/", r"a/b\d\\"),
        ("/a／b/", "a／b"),
        ("／a/b＼／c／", "a/b／c"),
        ("(/[)]x/)", "[)]x"),
    ],
)
def test_a_regular_expression_stands_between_slashes(source: str, text: str) -> None:
    node = read(source)
    assert isinstance(node, Regex)
    assert node.text == text
    assert read(write(node)) == node


@pytest.mark.parametrize(
    ("source", "name", "text"),
    [
        ("title:成渝", "title", "成渝"),
        ("Issuer：“国务院 办公厅”", "issuer", "国务院 办公厅"),
        ("ＮＵＭＢＥＲ：渝府办发〔2022〕86号", "number", "渝府办发〔2022〕86号"),
        ("section:（二）*?", "section", "（二）*?"),
        ("doc:“a”b:c", "doc", "“a”b:c"),
        ("kind:Heading", "kind", "Heading"),
        (r"title:a\ b", "title", "a b"),
    ],
)
def test_a_field_has_a_value(source: str, name: str, text: str) -> None:
    found = read(source)
    assert found == Field(name, text, FOLD(text))
    assert isinstance(found, Field)
    assert found.text == text
    assert read(f"(成都 | {source})") == Or((term("成都"), found))


@pytest.mark.parametrize(
    ("source", "first", "last"),
    [
        ("date:2022", "2022-01-01", "2022-12-31"),
        ("date:2022-02", "2022-02-01", "2022-02-28"),
        ("date:2024.2", "2024-02-01", "2024-02-29"),
        ("date:2022/7/26", "2022-07-26", "2022-07-26"),
        ("DATE：２０２２年７月２６日", "2022-07-26", "2022-07-26"),
        ("date:“2022 年 7 月”", "2022-07-01", "2022-07-31"),
        ("date:2021年..2022.03", "2021-01-01", "2022-03-31"),
        ("date:2022-07..", "2022-07-01", "9999-12-31"),
        ("date:..2022-07", "0001-01-01", "2022-07-31"),
        ("year:2022", "2022-01-01", "2022-12-31"),
        ("year:2020..2022年", "2020-01-01", "2022-12-31"),
        ("year:2020..", "2020-01-01", "9999-12-31"),
    ],
)
def test_dates_are_ranges_of_days(source: str, first: str, last: str) -> None:
    assert read(source) == Dates(source, first, last)
    assert write(read(source)) == source


# The grammar


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("a b OR c d", "(a b) OR (c d)"),
        ("a | b|c OR d", "a OR b OR c OR d"),
        ("a AND b c", "a b c"),
        ("a (b c) AND d", "a b c d"),
        ("a OR (b | c) OR (d e)", "a OR b OR c OR (d e)"),
        ("a b A (b)", "a b"),
        ("a | A", "a"),
        ("NOT a b", "NOT a b"),
        ("-a -(b | c)", "NOT a NOT (b OR c)"),
        ("a OR NOT b", "a OR NOT b"),
        ("NOT a NEAR/5 b", "NOT (a NEAR/5 b)"),
        ("-a DOC b c", "NOT (a DOC b) c"),
        ("--a", "a"),
        ("NOT NOT NOT a", "NOT a"),
        ("NOT (NOT a)", "a"),
        ("-OR -a-b", 'NOT "OR" NOT "a-b"'),
        ("a b DOC c", "a (b DOC c)"),
        ("a DOC b SECT c NEAR d", "a DOC (b SECT (c NEAR/10 d))"),
        ("a NEAR b SECT c DOC d", "((a NEAR/10 b) SECT c) DOC d"),
        ("a DOC b DOC c", "(a DOC b) DOC c"),
        ("a NEAR/0 b PRE/00003 c SENT/2 d", "((a NEAR/0 b) PRE/3 c) SENT/2 d"),
        ("a PRE b SENT c", "(a PRE/10 b) SENT/1 c"),
        ("a NEAR (b NEAR/2 c)", "a NEAR/10 (b NEAR/2 c)"),
        ("(a | b NEAR c) PRE a?b", "(a OR (b NEAR/10 c)) PRE/10 a?b"),
        ("(a -b) DOC (c | d)", "(a NOT b) DOC (c OR d)"),
        ("(a title:b) SECT c", "(a title:b) SECT c"),
        ("((a))", "a"),
        ("(a)|(b)", "a OR b"),
        ("a|b c", "a OR (b c)"),
        ('("a" | =b)', "a OR =b"),
        ("(title:) OR b)", None),
        ('(title:")x" OR b) c', '(title:")x" OR b) c'),
        ("(-“)x” OR b) c", '(NOT ")x" OR b) c'),
        ("(/[)]x/ OR b) c", "(/[)]x/ OR b) c"),
        ("a /b c/ d", "a /b c/ d"),
    ],
)
def test_operators_bind_as_the_grammar_says(source: str, written: str | None) -> None:
    if written is None:
        refused(source)
    else:
        assert write(read(source)) == written


def test_operators_make_the_expressions_of_their_names() -> None:
    a, b = term("a"), term("b")
    assert read("a b") == And((a, b))
    assert read("a OR b") == Or((a, b))
    assert read("NOT a") == Not(a)
    assert read("a NEAR b") == Near(a, b, 10)
    assert read("a PRE/3 b") == Near(a, b, 3, ordered=True)
    assert read("a SENT b") == SameSentence(a, b, 1)
    assert read("a SENT/3 b") == SameSentence(a, b, 3)
    assert read("a SECT b") == SameSection(a, b)
    assert read("a DOC b") == SameDocument(a, b)


def test_parts_know_their_places() -> None:
    source = " =“甲 乙” NEAR/3 (丙*丁 | /戊/)  title:“己”"
    root = read(source)
    assert isinstance(root, And)
    near, field = root.operands
    assert isinstance(near, Near)
    assert isinstance(field, Field)
    positions = [near.position, field.position, *(leaf.position for leaf in string_nodes(near))]
    assert [source[start:end] for start, end in positions] == ["NEAR/3", "title:“己”", "=“甲 乙”", "丙*丁", "/戊/"]


# Errors


@pytest.mark.parametrize(
    ("source", "position", "message"),
    [
        ("", 0, "The query is empty."),
        (" \u3000", 0, "The query is empty."),
        ("成都 \udc80", 3, "These bytes are not a character."),
        ('成都 "班列', 3, "A quotation mark is not closed."),
        ("“一带一路", 0, "A quotation mark is not closed."),
        ("=“一带一路", 1, "A quotation mark is not closed."),
        ('成都 ""', 3, "There is nothing between the quotation marks."),
        ("title:“”", 6, "There is nothing between the quotation marks."),
        ('"\u200b"', 0, "There is nothing to search for in this term."),
        ("成都 \u200b", 3, "There is nothing to search for in this term."),
        ("=\u200b?", 1, "There is nothing to search for in this term."),
        ("“西部陆海 新通道”建设", 10, "A phrase ends where its quotation mark closes."),
        ("（成 渝）地区", 5, "A group ends where its bracket closes."),
        ("(a|b)c", 5, "A group ends where its bracket closes."),
        ("(“a b”)c", 7, "A group ends where its bracket closes."),
        ("a (b c", 2, "A bracket is not closed."),
        ("(a （b", 3, "A bracket is not closed."),
        ("a ) b", 2, "This bracket closes no group."),
        ("(a))", 3, "This bracket closes no group."),
        ("a ()", 2, "There is nothing in this group."),
        ("a - b", 2, "There is nothing directly after the minus sign."),
        ("(a －)", 3, "There is nothing directly after the minus sign."),
        ("a =", 2, "An equals sign goes before a word or a phrase."),
        ("=(a b)", 0, "An equals sign goes before a word or a phrase."),
        ("=/a/", 0, "An equals sign goes before a word or a phrase."),
        ("=title:a", 0, "An equals sign goes before a word or a phrase."),
        ("*发展", 0, "An asterisk adds nothing at the edge of a word."),
        ("a =发展**", 6, "An asterisk adds nothing at the edge of a word."),
        ("?*？", 0, "The term has wildcards only."),
        ("a /b", 2, "A regular expression is not closed."),
        (r"/b\/", 0, "A regular expression is not closed."),
        ("/a/b", 3, "A regular expression ends at its second slash."),
        ("//", 0, "There is nothing between the slashes."),
        (r"成都 /\/(a/", 8, "The regular expression cannot be read: missing )."),
        ("/[z-a]/", 5, "The regular expression cannot be read: bad character range."),
        ("/(?V1)a/", 1, "The regular expression cannot be used: "),
        ("/(?R)/", 1, "The regular expression is too complex."),
        ("/" + "(" * 5000 + "a" + ")" * 5000 + "/", 1, "The regular expression is too complex."),
        ("/a*|b/", 1, "The regular expression matches the empty string."),
        ("/[\u200b]/", 0, "The regular expression cannot be read: "),
        ("/\u200b/", 0, "The regular expression matches the empty string."),
        ("a titel:b", 2, "There is no field “titel”; the fields are title, issuer, "),
        ("http://x", 0, "There is no field “http”; the fields are "),
        ("a title:", 2, "title: has no value."),
        ("(date：)", 1, "date: has no value."),
        ("title:(a b)", 6, "title: takes one word or phrase."),
        ("title:“a b”c", 11, "A phrase ends where its quotation mark closes."),
        ("kind:foo", 5, "There is no kind “foo”."),
        ("date:2022-13", 5, "“2022-13” is not a date."),
        ("date:2022-00", 5, "“2022-00” is not a date."),
        ("date:2022-02-30", 5, "“2022-02-30” is not a date."),
        ("date:0000", 5, "“0000” is not a date."),
        ("date:..", 5, "“..” is not a date."),
        ("date:去年", 5, "“去年” is not a date."),
        ("date:2022...2023", 5, "“2022...2023” is not a date."),
        ("date:2023..2022-12", 5, "The range ends before it begins."),
        ("year:2022-07", 5, "“2022-07” is not a year."),
        ("OR a", 0, "OR has nothing on its left."),
        ("a (| b)", 3, "| has nothing on its left."),
        ("a OR", 2, "OR has nothing on its right."),
        ("a AND OR b", 2, "AND has nothing on its right."),
        ("a ||b", 2, "| has nothing on its right."),
        ("NEAR/3 a", 0, "NEAR/3 has nothing on its left."),
        ("(a ＮＥＡＲ) b", 3, "ＮＥＡＲ has nothing on its right."),
        ("a NOT", 2, "NOT has nothing on its right."),
        ("a DOC DOC b", 2, "DOC has nothing on its right."),
        ("a NOT(b c)", 5, "There is no space after NOT."),
        ("a NEAR/5“b”", 8, "There is no space after NEAR."),
        ("a NEAR/ b", 6, "NEAR/ takes a whole number from 0 to 9999."),
        ("a PRE/x b", 5, "PRE/ takes a whole number from 0 to 9999."),
        ("a NEAR/10000 b", 6, "NEAR/ takes a whole number from 0 to 9999."),
        ("a SENT/0 b", 6, "SENT/ takes a whole number from 1 to 9999."),
        ("(a b) NEAR c", 0, "NEAR takes "),
        ("a NEAR (b c)", 7, "NEAR takes "),
        ("a NEAR b NEAR/3 title:c", 16, "NEAR/3 takes "),
        ("a PRE -b", 6, "PRE takes "),
        ("a SENT (b | c DOC d)", 7, "SENT takes "),
        ("a DOC NOT b", 6, "DOC takes "),
        ("title:a SECT b", 0, "SECT takes "),
        ("a DOC (b | -c)", 6, "DOC takes "),
        ("(" * 10000 + "a" + ")" * 10000, 50, "The query is nested too deeply."),
        ("NOT (" * 10000 + "a" + ")" * 10000, 254, "The query is nested too deeply."),
        (" NEAR ".join("ab" * 100), 324, "The query is nested too deeply."),
    ],
)
def test_errors_say_what_is_wrong_and_where(source: str, position: int, message: str) -> None:
    error = refused(source)
    assert (error.position, error.query) == (position, source)
    assert str(error).startswith(message)
    assert error.advice.endswith(".")


@pytest.mark.parametrize(
    ("source", "advice"),
    [
        ("*发展", "Write 发展: "),
        (r"发\*展*", r"Write 发\*展: "),
        ("titel:b", "Write title:, "),
        ("date:2023..2022-12", "Write date:2022-12..2023."),
        ("（成 渝）地区", "Put a space after ）, "),
        ("“一带 一路”倡议", "Put a space after ”, "),
        ("a )", r"Leave it out, or write \) "),
        ("a ＯＲ", "Write it as in 成都 ＯＲ 重庆, "),
    ],
)
def test_advice_is_about_what_was_written(source: str, advice: str) -> None:
    assert refused(source).advice.startswith(advice)


@pytest.mark.parametrize("many", ["-" * 10000 + "a", "NOT " * 10000 + "a", " a" * 10000, "a|b" * 10000, "(a" * 10000])
def test_long_queries_are_read_or_refused(many: str) -> None:
    root = attempt(many)
    assert isinstance(root, QueryError) or read(write(root)) == root


@pytest.mark.parametrize("repeated", ["({})", "(NOT {})", "({} | x) y", "(x | y NOT {})", "{} NEAR x", "(x NEAR/1 {})"])
def test_what_can_be_read_can_be_written_however_deep_it_is(repeated: str) -> None:
    source, deep = "a", 0
    while not isinstance(root := attempt(source), QueryError):
        assert read(write(root)) == root
        source, deep = repeated.format(source), deep + 1
    assert str(root) == "The query is nested too deeply."
    assert deep > 12


# Properties

TOKENS = [
    "成都", "x", "x", "(", ")", "(x", "x)", "(a)b", r"\(", '"', '"a b"', "A-B", "a?b", "a*b", "*", "-", "-x", "=", "=x", "|",
    "AND", "OR", "NOT", "NEAR/5", "PRE", "SENT/2", "SECT", "DOC", "title:成都", "kind:table", "date:2022-07..",
]  # fmt: skip
PIECES = [*TOKENS, *' ()（）|-=/\\*?：:“”"＼', "/a/", "/[)]/", "发", "\u200b", "\n", "year:", "2022", "OR "]
FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}

sources = st.text() | st.lists(st.sampled_from(PIECES)).map("".join) | st.lists(st.sampled_from(TOKENS)).map(" ".join)
texts = st.text(st.sampled_from('成都发ab (）/"“”\\＼-=*?|:') | st.characters(codec="utf-8")).filter(
    lambda text: FOLD(text).strip()
)
literals = texts.filter(lambda text: text not in "?*")


def wildcard(pieces: list[str], word: bool) -> Wildcard:
    pattern = [{"?": ONE, "*": SOME}.get(piece) or re.escape(FOLD(piece)) for piece in pieces]
    between = tuple(folded for piece in pieces if piece not in "?*" and (folded := FOLD(piece)))
    text = "".join(piece if piece in "?*" else re.sub(r"(\W)", r"\\\1", piece) for piece in pieces)
    return Wildcard(text, "".join(pattern), between, word)


def joined(kind: type[And] | type[Or], operands: list[Node]) -> Node:
    parts = [part for each in operands for part in (each.operands if isinstance(each, kind) else [each])]
    unique = tuple(dict.fromkeys(parts))
    return kind(unique) if len(unique) > 1 else unique[0]


numbers = st.integers(0, 9999)
strings = st.one_of(
    st.builds(lambda text, word: term(text, word=word), texts, st.booleans()),
    st.builds(wildcard, st.tuples(literals, st.sampled_from("?*"), literals, st.just("?")).map(list), st.booleans()),
    st.sampled_from([r"[0-9]+億 元", "a/b", "[)]x", "（.）", r"\\", "a b|c"]).map(
        lambda text: Regex(text, fold_pattern(text, FOLD))
    ),
)
facts = st.one_of(
    st.builds(lambda name, text: Field(name, text, FOLD(text).strip()), st.sampled_from(["title", "doc"]), texts),
    st.just(Field("kind", "Table", "table")),
    st.sampled_from(["date:2022-02", "year:2020..", "date:“..2022”"]).map(lambda text: read(text)),
)
with_spans = st.recursive(
    strings,
    lambda parts: st.one_of(
        st.builds(Near, parts, parts, numbers, st.booleans()),
        st.builds(SameSentence, parts, parts, st.integers(1, 9999)),
        st.builds(joined, st.just(Or), st.lists(parts, min_size=1, max_size=3)),
    ),
    max_leaves=5,
)
nodes = st.recursive(
    with_spans | facts,
    lambda parts: st.one_of(
        st.builds(SameSection, parts.filter(always_has_occurrences), parts.filter(always_has_occurrences)),
        st.builds(SameDocument, parts.filter(always_has_occurrences), parts.filter(always_has_occurrences)),
        st.builds(joined, st.sampled_from([And, Or]), st.lists(parts, min_size=1, max_size=3)),
        parts.map(lambda part: part.operand if isinstance(part, Not) else Not(part)),
    ),
    max_leaves=6,
)


@quickly
@given(nodes)
def test_what_is_written_is_read_as_it_was(node: Node) -> None:
    assert read(write(node)) == node


@settings(max_examples=500, deadline=None)
@given(sources)
def test_every_query_is_read_or_refused(source: str) -> None:
    root = attempt(source)
    if isinstance(root, QueryError):
        assert root.query == source
        assert 0 <= root.position <= len(source)
        assert root.advice
    else:
        assert read(write(root)) == root
        assert write(read(write(root))) == write(root)
        check(root, source)


def check(node: Node, source: str) -> None:
    """Check that a node is as nodes are, and stands in a query where it says."""
    match node:
        case And(operands) | Or(operands):
            assert len(operands) > 1
            assert not any(isinstance(operand, type(node)) for operand in operands)
        case Not(operand):
            assert not isinstance(operand, Not)
        case Near(left, right) | SameSentence(left, right):
            assert has_spans(left)
            assert has_spans(right)
        case SameSection(left, right) | SameDocument(left, right):
            assert always_has_occurrences(left)
            assert always_has_occurrences(right)
        case Wildcard(pattern=pattern, literals=literals):
            assert literals
            assert not re.search(pattern, "\n" * 20 + "\t" * 20)
    if not isinstance(node, And | Or | Not):
        written = source[slice(*node.position)]
        assert written
        assert not written[0].isspace()
    for child in children(node):
        check(child, source)


@quickly
@given(texts)
def test_any_text_can_be_quoted(text: str) -> None:
    found = read(quote(text))
    assert isinstance(found, Term)
    assert found.text == text
    assert found == term(text)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(TOKENS)).map(" ".join))
def test_marks_may_be_full_width(source: str) -> None:
    half, wide = attempt(source), attempt(source.translate(FULL_WIDTH))
    if isinstance(half, QueryError):
        assert isinstance(wide, QueryError)
        assert wide.position == half.position
    else:
        assert wide == half


@quickly
@given(sources)
def test_folding_is_left_to_the_caller(source: str) -> None:
    try:
        root = parse(source, lambda text: text).root
    except QueryError:
        return
    assert all(leaf.folded == leaf.text.strip() for leaf in string_nodes(root) if isinstance(leaf, Term))


def test_nodes_are_frozen_values() -> None:
    term = Term("成都", "成都", position=(3, 5))
    assert term == Term("成 都", "成都", position=(0, 2))  # how and where it is written does not count
    assert hash(term) == hash(Term("成 都", "成都"))
    assert term != Term("成都", "成都", word=True)
    assert And((term, term)) != Or((term, term))
    assert Alias("a", "成都", term) == Alias("b", "成 都", term)
    assert repr(And((term,))).startswith("And(operands=(Term(text='成都', folded='成都', word=False, position=(3, 5)")
    assert pickle.loads(pickle.dumps(And((term, term)))) == And((term, term))
    with pytest.raises(AttributeError):
        term.folded = "重庆"  # type: ignore[misc]
    with pytest.raises(AttributeError):
        del term.folded
    for wrong in (lambda: Term("成都"), lambda: And((), ()), lambda: Not(term, operator="OR")):  # type: ignore[call-arg]
        with pytest.raises(TypeError, match="has the fields"):
            wrong()
