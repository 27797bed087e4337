"""Words: cuts Chinese text with jieba. No other module imports it.

It relies on these private parts of jieba: ``Tokenizer.tmp_dir`` (the folder of the compiled dictionary),
``Tokenizer.FREQ`` (the frequencies of words), the pattern ``re_han_default`` of the runs that it cuts (copied as
``_RUN``), the files ``dict.txt`` and ``__init__.py``, and the temporary files ``tmp*`` that it leaves when it is
killed. The tests compare `Segmenter.cut` with ``Tokenizer.cut``.
"""

from __future__ import annotations

import importlib.util
import re
import warnings
from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from ..files import digest
from .folding import Folding

# A run that jieba cuts by itself, as its `re_han_default` has it. A search, which cuts nothing, does not compile it.
_RUN = "([\u4e00-\u9fd5a-zA-Z0-9+#&._%\\-]+)"
_CACHED = 1 << 17  # runs, and words; some 30 MB each

POLICY_WORDS = Path(__file__).parent / "policy_words.txt"

_FUNCTION_WORDS = """
的 了 着 过 地 得 之 和 与 及 或 以及 并 而 且 但 等 在 于 对 对于 为 被 把 将 从 向 由 到 自 以 按 比 是 有 无 不
没有 也 都 又 还 就 才 很 更 最 这 那 其 此 该 各 每 某 什么 为什么 为何 怎么 怎样 怎么样 如何 是否 哪些 哪里 哪 谁
多少 几 个 吗 呢 吧 啊 关于 有关 因为 所以 如果 虽然 然而 可以 能 能够 应 应当 要 会 请 请问
the of and in on for to a an is are what how
"""
# Words of jieba's dictionary in which folding changes a variant (显著 to 显着), so that jieba would cut them: those of
# 367 that occur in policy texts. To look for them in the dictionary takes 0.2 s.
_VARIANT_WORDS = """
显著 显著性 著名 著作 著作权 著作权人 著作权法 著作者 学术著作 科学著作 名著 原著 专著 巨著 遗著 论著 译著 合著 编著
编著者 著称 著述 著者 著录 著书 著书立说 卓著 昭著 臭名昭著 见微知著 土著 土著人 执著 较著 彰明较著 覆盖 覆盖率
覆盖面 覆盖范围 覆盖度 覆盖层 覆盖物 广覆盖 网络覆盖 地膜覆盖 颠覆 颠覆性 颠覆者 反颠覆 倾覆 覆灭 覆没 覆亡 全军覆没
覆辙 重蹈覆辙 翻天覆地 天翻地覆 翻来覆去 覆膜 被覆 涂覆 覆水难收 狼藉 声名狼藉 慰藉 枕藉 瞭望 瞭望台 瞭望哨
"""
# Words without a topic, which keyword queries leave out.
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())


def policy_words() -> tuple[str, ...]:
    """Return the words of Chinese policy that are not to be cut, one a line of the file; ``#`` begins a comment."""
    lines = (line.strip() for line in POLICY_WORDS.read_text(encoding="utf-8").splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))


def segmenter_fingerprint() -> str:
    """Return a digest of what decides the cuts: jieba's main module, which holds its version, the size of its
    dictionary, and the words of the field.

    jieba is not imported, which takes longer than a search. The dictionary has 5 MB, which take some 3 ms to read;
    its size stands for it, since each version of jieba has one dictionary.

    Raises:
        ModuleNotFoundError: jieba is not installed.
    """
    spec = importlib.util.find_spec("jieba")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("jieba is not installed")
    code = Path(spec.origin)
    dictionary = str(code.with_name("dict.txt").stat().st_size).encode()
    return digest((code.read_bytes(), dictionary, "\n".join(policy_words()).encode()))


def clear_leftovers(cache: Path) -> None:
    """Remove the temporary files that jieba leaves when it is killed, or the disk is full, while it compiles."""
    for left in cache.glob("tmp*"):
        with suppress(OSError):
            left.unlink()


def is_word(text: str) -> bool:
    """Say whether a token is a word rather than punctuation: it has a letter or digit in it."""
    return any(character.isalnum() for character in text)


class Segmenter:
    """Cuts folded text into words.

    Making one loads jieba's dictionary, which takes about a second. jieba keeps the compiled dictionary in the folder
    ``cache``, which halves that the next time.
    """

    def __init__(self, folding: Folding, cache: Path, words: Iterable[str] | None = None) -> None:
        with warnings.catch_warnings():
            # jieba imports pkg_resources where it is installed, which warns of its deprecation.
            warnings.simplefilter("ignore")
            import jieba
        jieba.setLogLevel("CRITICAL")
        self._jieba: Any = jieba.Tokenizer()
        self._jieba.tmp_dir = str(cache)
        self._jieba.initialize()
        for word in policy_words() if words is None else words:
            self._jieba.add_word(folding.fold(word))
        for word in _VARIANT_WORDS.split():
            folded, frequency = folding.fold(word), self._jieba.FREQ.get(word, 0)
            if frequency > self._jieba.FREQ.get(folded, 0):
                self._jieba.add_word(folded, frequency)
        self._cut_run = lru_cache(maxsize=_CACHED)(self._cut_new_run)
        self._index_word = lru_cache(maxsize=_CACHED)(self._index_new_word)

    def cut(self, folded: str) -> list[str]:
        """Return the words of a folded text in order; joined, they are the text."""
        words: list[str] = []
        # jieba cuts each run by itself, and all else into single characters. In policy texts, half of the runs have
        # been met before.
        for index, part in enumerate(re.split(_RUN, folded)):
            if index % 2:
                words += self._cut_run(part)
            else:
                words += part
        return words

    def index_terms(self, words: Iterable[str]) -> list[str]:
        """Return the terms to index of some words in order: each word but punctuation, followed by its parts."""
        return [each for word in words for each in self._index_word(word)]

    def _cut_new_run(self, run: str) -> tuple[str, ...]:
        return tuple(self._jieba.cut(run))

    def _index_new_word(self, word: str) -> tuple[str, ...]:
        return (word, *self.parts(word)) if is_word(word) else ()

    def parts(self, word: str) -> list[str]:
        """Return the shorter words of the dictionary within a word: 质量 and 第一 within 质量第一."""
        frequencies: dict[str, int] = self._jieba.FREQ
        return [
            part
            for size in (2, 3, 4)
            if len(word) > size
            for start in range(len(word) - size + 1)
            if frequencies.get(part := word[start : start + size]) and not part.isascii()
        ]
