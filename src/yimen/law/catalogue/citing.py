"""Does a text name a law, and of which rank does it look? Rule in words: docs/rules/catalogue.md"""

from __future__ import annotations

import re
from enum import StrEnum

_ARTICLE = r"第[一二三四五六七八九十百千零〇\d]+[条章款]"
_NUMBER = r"[〔\[(（]\d{4}[〕\])）]\s*(?:第\s*)?\d+\s*号|第\s*\d+\s*号"
_END = rf"(?=》|（|\(|{_ARTICLE}|[、，；。\s]|$)"
_NO_LAW = "办做方用说算看手语想写"  # 办法, 做法, 想法 … are no laws by their name
_LAW = re.compile(
    rf"(?:(?<![{_NO_LAW}])法|法典|条例){_END}|国务院(?:第?\s*\d+\s*号)?令|国务院[^，。；《》]{{0,40}}决定"
)
_RULE = re.compile(rf"(?:办法|规定|细则|规则){_END}|[部厅局委署][^，。；]{{0,6}}令")
_NORM = re.compile(
    rf"(?:通知|意见|方案|通告|公告|指南|标准|规范|通则|规程|函|批复){_END}|[〔\[(（]\d{{4}}[〕\])）]\s*\d+\s*号"
)
# A name alone is enough for a law; an office that writes 条例 or 办法 must say which article.
_NAMED = re.compile(
    rf"《[^》]+》|{_ARTICLE}|{_NUMBER}|[\u4e00-\u9fff]{{2,}}条例$|法典$|[\u4e00-\u9fff]{{3,}}(?<![{_NO_LAW}])法$"
)


class Rank(StrEnum):
    """What a text cites: a law, regulation or decision of the State Council; a rule; a normative paper; nothing."""

    LAW = "law"
    RULE = "rule"
    NORM = "norm"
    NOTHING = "nothing"


def rank(text: str | None) -> Rank:
    """The highest rank of what a text names. What can't be told from its name is taken for a rule, to be confirmed."""
    words = (text or "").strip()
    if not _NAMED.search(words):
        return Rank.NOTHING
    if _LAW.search(words):
        return Rank.LAW
    if _RULE.search(words):
        return Rank.RULE
    return Rank.NORM if _NORM.search(words) else Rank.RULE
