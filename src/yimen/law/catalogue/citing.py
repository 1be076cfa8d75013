"""Does a text name a law, and of which rank does it look? Rule in words: docs/rules/catalogue.md"""

from __future__ import annotations

import re
from enum import StrEnum

from .levelling import levelled

_ARTICLE = r"第\s*[一二三四五六七八九十百千零〇\d]+\s*[条章款]"
_ORDINAL = r"第\s*[一二三四五六七八九十百千零〇\d]+\s*号"
_NUMBER = rf"[〔\[(（]\d{{4}}[〕\])）]\s*(?:第\s*)?\d+\s*号|{_ORDINAL}"
_END = rf"(?=》|（|\(|{_ARTICLE}|[、，；。\s]|$)"
# 办法, 做法, 合法 … are no laws by their name, nor is a law that isn't said which.
_NO_LAW = r"(?<![办做方用说算看手语想写依合执违守普])(?<!有关)(?<!相关)(?<!据本)(?<!照本)(?<!按本)(?<!上位)"
_DECREE = (
    r"国务院(?:第?\s*\d+\s*号)?令|主席令|国务院[^，。；《》]{0,60}决定"
    r"|全国人(?:大|民代表大会)[^，。；]{0,60}(?:决定|决议|解释)"
)
_LAW = re.compile(rf"(?:{_NO_LAW}法|法典|宪法|条例){_END}|{_DECREE}")
_RULE = re.compile(rf"(?:办法|规定|细则|规则){_END}|[部厅局委署][^，。；]{{0,6}}令")
_NORM = re.compile(
    r"(?:通知|意见|方案|通告|公告|指南|标准|规范|通则|规程|函|批复|纪要|制度|须知|答复|手册|清单|流程)"
    rf"{_END}|[〔\[(（]\d{{4}}[〕\])）]\s*\d+\s*号"
)
# A name alone is enough for a law; an office that writes 条例 or 办法 must say which article.
_NAMED = re.compile(
    rf"《[^》]+》|{_ARTICLE}|{_NUMBER}|[\u4e00-\u9fff]{{2,}}条例$|(?:法典|宪法|刑法)$|[\u4e00-\u9fff]{{2,}}{_NO_LAW}法$"
    r"|国务院[^，。；]{2,60}决定|全国人(?:大|民代表大会)[^，。；]{2,60}(?:决定|决议|解释)"
)


class Rank(StrEnum):
    """What a text cites: a law, regulation or decision of the State Council; a rule; a normative paper; nothing."""

    LAW = "law"
    RULE = "rule"
    NORM = "norm"
    NOTHING = "nothing"


def rank(text: str | None) -> Rank:
    """The highest rank of what a text names. What can't be told from its name is taken for a rule, to be confirmed."""
    words = levelled(text or "", masked=False).plain
    if not _NAMED.search(words):
        return Rank.NOTHING
    if _LAW.search(words):
        return Rank.LAW
    if _RULE.search(words):
        return Rank.RULE
    return Rank.NORM if _NORM.search(words) else Rank.RULE
