"""How a question finds its item: words, letters, slips, meaning, and the index that every process keeps.

text: a question's plain words · everyday: what people say → what guides write · letters: pinyin typed without tones ·
slips: one wrong character · abbreviations: 危化品 · lexical: BM25 · meaning: vectors, where installed · ranking: all
of these together · cards: what is known of an item or package · families, places: the same in several places · facets ·
index: built, packed · sources: from the tables · keeping: what each process has · shapes: as programs see it.
"""

import os

# Several web processes share the cores: a product of vectors is a matter of milliseconds, in which threads of one only
# wait for those of another. Read when numpy is first imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
