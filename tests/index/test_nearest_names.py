"""The names most like another, against a search that compares every name."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from hypothesis import given
from hypothesis import strategies as st
from zhengce.corpus.text.folding import Folding
from zhengce.corpus.text.simplification import simplified_characters
from zhengce.index.nearest_names import fold_all, nearest

fold = Folding(simplified_characters()).fold

# Names that share much, with folders, versions and the state in front.
PARTS = ("中华人民共和国", "公司", "法", "条例", "物流", "浙江省", "dlc/", "(2018)", "公", "12", "办", " ")
names = st.lists(st.sampled_from(PARTS), max_size=6).map("".join)


def core(name: str) -> str:
    # Only a version behind the name itself is left out, not one behind which 中华人民共和国 stands.
    return re.sub(r"中华人民共和国|\s*\([^()]*\)$", "", name.split("/")[-1])


def likeness(name: str, asked: str) -> tuple[bool, bool, float, float]:
    one, other = core(asked), core(name)
    begins = min(len(one), len(other)) > 1 and (one.startswith(other) or other.startswith(one))
    matcher = SequenceMatcher(None, name, asked, autojunk=False)
    common = sum(block.size for block in matcher.get_matching_blocks() if block.size > 1)
    return one == other, begins, common / max(1, len(asked)), matcher.ratio()


@given(st.lists(st.tuples(names, names, names), max_size=14), names, st.sampled_from((0.0, 0.5)))
def test_the_nearest_are_those_of_a_search_through_all(
    documents: list[tuple[str, str, str]], asked: str, least: float
) -> None:
    found = [(max(likeness(name, asked) for name in each), index) for index, each in enumerate(documents)]
    alike = [(each, index) for each, index in found if each[1] or each[2] >= least]
    alike.sort(key=lambda pair: pair[0], reverse=True)
    assert nearest(documents, asked, least, 4) == [index for _, index in alike[:4]]


@given(st.lists(st.text(st.sampled_from("中國 \t\n一O八年0-—“e\u0301…"), max_size=6), max_size=8))
def test_texts_folded_at_once_are_as_each_by_itself(texts: list[str]) -> None:
    assert fold_all(texts, fold) == [fold(text) for text in texts]
