"""Money in capital words, as cheques and papers write it. Rule in words: docs/rules/form-rules.md

人民币银行结算账户管理办法; 正确填写票据和结算凭证的基本规定 一、二.
"""

from __future__ import annotations

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "万亿")
MOST = 10**18
"""In cents: sixteen digits of yuan, as far as the words of the groups reach."""


def in_words(cents: int) -> str:
    """人民币壹佰贰拾叁元肆角伍分; whole yuan and jiao end with 整. Raises ValueError below nought, past MOST."""
    if not 0 <= cents < MOST:
        raise ValueError(f"no amount of money: {cents}")
    yuan, rest = divmod(cents, 100)
    jiao, fen = divmod(rest, 10)
    said = f"{_whole(yuan)}元" if yuan or not rest else ""
    if not rest:
        return f"人民币{said}整"
    if jiao:
        said += f"{DIGITS[jiao]}角"
    elif yuan:
        said += "零"
    return f"人民币{said}{DIGITS[fen]}分" if fen else f"人民币{said}整"


def _whole(number: int) -> str:
    if not number:
        return DIGITS[0]
    groups: list[int] = []
    while number:
        number, group = divmod(number, 10_000)
        groups.append(group)
    told, gap = "", False
    for place in reversed(range(len(groups))):
        group = groups[place]
        if not group:
            gap = bool(told)
            continue
        told += ("零" if told and (gap or group < 1000) else "") + _group(group) + GROUPS[place]
        gap = False
    return told


def _group(group: int) -> str:
    told, gap = "", False
    for place in reversed(range(4)):
        digit = group // 10**place % 10
        if digit:
            told += ("零" if told and gap else "") + DIGITS[digit] + PLACES[place]
            gap = False
        else:
            gap = True
    return told
