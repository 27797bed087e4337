"""Articles: which blocks of a page are its article, and which are navigation around it.

What is lost here is lost for good, so that doubt speaks for a block.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from lxml import etree

from ...metadata.page_metadata import is_metadata_label
from ...structure.lines import SENTENCE_ENDS
from .blocks import Block

_NAVIGATION_TAGS = ("nav", "footer", "aside")
_NAVIGATION = re.compile(
    r"(?:^|[\s_-])(?:nav\w*|menu\w*|breadcrumbs?|crumbs?|foot|footer\w*|sidebar\w*|share\w*|toolbar|copyright|"
    r"pagination|noprint|printfooter|\w*editsection\w*|licen[cs]e\w*|qr\w*|search\w*|login|toc)(?:$|[\s_-])",
    re.IGNORECASE,
)
_ARTICLE = re.compile(
    r"(?:^|\s)(?:UCAP-CONTENT|TRS_Editor|TRS_UEDITOR|zoom|zoomcon|mw-parser-output|article-?(?:content|body)|"
    r"pages_content|news_content)(?:$|\s)",
    re.IGNORECASE,
)
_ARTICLE_TAGS = ("article", "main")
_ATTACHMENT = re.compile(r"\.(?:pdf|docx?|wps|xlsx?|et|pptx?|ofd|zip|rar|txt|csv)(?:$|[?#])", re.IGNORECASE)
_FURNITURE = re.compile(
    r"扫一扫在手机打开当前页|(?:版权所有|主办单位|主办|承办单位|承办|技术支持|网站标识码|网站地图|您?现在的?位置|您?当前的?位置|您的位置|您所在的?位置)[：:\s].*|"
    r".*(?:ICP备|公网安备).*|分类[：:]|【?字体[：:].*|[【\[]?(?:打印|关闭|分享|收藏|返回顶部|返回|顶部|窗口|本页|此页|页面|\s|[|｜·【】\[\]])+"
)

_FEW = 0.1  # share of a page's text that may be dropped for the name of an element
_MOST = 0.9  # share of it that an element named as the article must hold to be believed
_LINKS = 0.6  # share of a block's characters that makes it a list of links
_LONGEST_NAMES = 500  # characters that are looked at
_LONG = 40  # characters that are text even without a full stop


def article(blocks: Sequence[Block]) -> range:
    """Return the range of the blocks of a page that are its article, with the title where that stands close above.

    It goes from the first block with a sentence to the last, and on to both sides as far as there are neither links
    nor what sites add. A page without a sentence is an article as a whole, but for its edges.
    """
    prose = [_prose(block) for block in blocks]
    chosen = _in_article(blocks, prose)
    with_prose = [index for index in chosen if prose[index]]
    if not with_prose:
        first, last = 0, len(blocks) - 1
        while first < last and _is_furniture(blocks[first]):
            first += 1
        while last > first and _is_furniture(blocks[last]):
            last -= 1
        return range(first, last + 1)
    first, last = with_prose[0], with_prose[-1]
    while first and not _is_furniture(blocks[first - 1]):
        first -= 1
    while last + 1 < len(blocks) and not _is_furniture(blocks[last + 1]):
        last += 1
    # A heading at the end is that of the links below.
    while last + 1 < len(blocks) and last > with_prose[-1] and blocks[last].level:
        last -= 1
    return range(first, last + 1)


def without_navigation(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks that are not in an element that is called navigation, unless much of the text is in it."""
    weights = _weights(blocks, [_prose(block) for block in blocks])
    most = _FEW * sum(map(_prose, blocks))
    known: dict[etree._Element, bool] = {}

    def is_navigation(element: etree._Element) -> bool:
        chain = []
        each: etree._Element | None = element
        while each is not None and each not in known:
            chain.append(each)
            each = each.getparent()
        found = each is not None and known[each]
        for each in reversed(chain):
            found = known[each] = found or (_is_called_navigation(each) and weights[each] <= most)
        return found

    return [block for block in blocks if not is_navigation(block.element)]


def _is_called_navigation(element: etree._Element) -> bool:
    names = _names(element)
    role = element.get("role", "")
    return element.tag in _NAVIGATION_TAGS or role in ("navigation", "search") or bool(_NAVIGATION.search(names))


def _in_article(blocks: Sequence[Block], prose: Sequence[int]) -> range:
    """Return the range of the blocks from the first to the last in the smallest element that sites name as the
    article and that holds nearly all of the text; all blocks where there is none."""
    weights = _weights(blocks, prose)
    least = _MOST * sum(prose)
    named = [element for element, weight in weights.items() if weight >= least and _is_called_article(element)]
    if not named:
        return range(len(blocks))
    smallest = min(named, key=lambda element: weights[element])
    inside = set(smallest.iter())
    within = [index for index, block in enumerate(blocks) if block.element in inside]
    return range(within[0], within[-1] + 1)


def _is_called_article(element: etree._Element) -> bool:
    is_body = element.get("itemprop") == "articleBody"
    return element.tag in _ARTICLE_TAGS or is_body or bool(_ARTICLE.search(_names(element)))


def _names(element: etree._Element) -> str:
    return f"{element.get('class', '')} {element.get('id', '')}"[:_LONGEST_NAMES]


def _weights(blocks: Sequence[Block], prose: Sequence[int]) -> Counter[etree._Element]:
    """Return how much of the text each element holds."""
    weights: Counter[etree._Element] = Counter()
    for block, weight in zip(blocks, prose, strict=True):
        weights[block.element] += weight
    if blocks:
        for element in reversed(list(blocks[0].element.getroottree().iter())):
            parent = element.getparent()
            if parent is not None and weights[element]:
                weights[parent] += weights[element]
    return weights


def _prose(block: Block) -> int:
    """Return how many characters of a block are text: none where it has no sentence outside of links."""
    unlinked = len(block.text) - block.linked
    is_text = unlinked >= _LONG or any(mark in block.text for mark in SENTENCE_ENDS)
    return 0 if _is_furniture(block) or not is_text else unlinked


def _is_furniture(block: Block) -> bool:
    """Say whether a block is a list of links or something that sites add to each page."""
    if any(_ATTACHMENT.search(target) for target in block.targets) or "附件" in block.text:
        return False
    text = block.text.strip()
    is_links = block.linked >= _LINKS * len("".join(text.split()))
    # A label without anything behind it is of a form that has not been filled in.
    return is_links or is_metadata_label(text) or bool(_FURNITURE.fullmatch(text))
