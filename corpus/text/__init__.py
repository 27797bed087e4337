"""Text: characters and words.

`encodings` decodes bytes; `folding` gives the form in which texts and queries are compared, with a map back to the
original, and `simplification` its table of characters; `graphemes` counts characters as readers do; `words` cuts words
with jieba. Characters are for finding and words for ranking: jieba makes 质量第一 one word, in which a search by
words would not find 质量. OpenCC and jieba are loaded late, since a search for a term needs neither.
"""
