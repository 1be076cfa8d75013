"""How a question finds its item: words, letters, slips, meaning, and the index that every process keeps.

text: a question's plain words · everyday: what people say → what guides write · letters: pinyin typed without tones ·
slips: one wrong character · lexical: BM25 · meaning: vectors, where installed · ranking: all of it together ·
cards: what is known of an item or package · shelf: the index built, packed, kept.
"""
