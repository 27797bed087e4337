"""The files of a segment: their names, and what they hold.

Within a segment, a passage is named by its ordinal, which counts from 0 in the order in which they were written.
Texts are measured in units of UTF-16: a character is one unit, or two beyond the Basic Multilingual Plane. Integers
are unsigned, of 32 bits, in the byte order of the machine.

================= ===============================================================================
folded.utf16       the folded text of every passage, one a line, in UTF-16LE
folded.starts      where each passage begins in it, in units; then, where the last one ends
folded.ordinals    the passage at every 64th unit
folded.blocks      the first passage of each block of 8,192 units or a little more; then, the number of passages
folded.splits      the units within what a single character of the text has folded to (… to three stops)
folded.edges       the characters that follow such a unit, and those that precede one, each as a list in JSON
words.bits         a bit for every unit, set where a word begins or a passage ends
bigrams.*          in which blocks a pair of characters stands: see `zhengce.index.storage.bigrams`
passages.deflate   for each block, its passages as lines of JSON (source lines, text, page), compressed
passages.starts    where each block begins in it, in bytes; then, where the last one ends
passages.kinds     a byte for each passage, an index into `KINDS`
sections.passages  the section of each passage; a heading is in the one that it opens
sections.parents   the section that each is under; every document has one that is its own parent, without a heading
sections.headings  of each section, the number of its heading in sections.json
sections.json      the different headings
documents.jsonl    the documents, a line each
documents.starts   where each line begins, in bytes; then, where the last one ends
documents.firsts   the first passage of each document
whoosh/            the words: see `zhengce.index.storage.word_index`
================= ===============================================================================
"""

from __future__ import annotations

from typing import get_args

from ...corpus.model import Kind

FOLDED, STARTS, ORDINALS, BLOCKS = "folded.utf16", "folded.starts", "folded.ordinals", "folded.blocks"
SPLITS, EDGES, WORDS = "folded.splits", "folded.edges", "words.bits"
TEXTS, TEXT_STARTS, PASSAGE_KINDS = "passages.deflate", "passages.starts", "passages.kinds"
SECTIONS, SECTION_PARENTS, SECTION_HEADINGS = "sections.passages", "sections.parents", "sections.headings"
HEADINGS = "sections.json"
DOCUMENTS, DOCUMENT_STARTS, DOCUMENT_FIRSTS = "documents.jsonl", "documents.starts", "documents.firsts"

KINDS: tuple[Kind, ...] = get_args(Kind)
SAMPLE_UNITS = 64
"""The distance of the units for which folded.ordinals has the passage."""
