"""When two names of the catalogue say the same thing. Rule in words: docs/rules/packages.md"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ASIDE = re.compile(r"\([^()]*\)")
_OTHER_WORD = re.compile(r"或.{1,4}?(?=名称|姓名|号码|地址|电话)")
_NOISE = re.compile(r"[\W_]+")
_ONE_WORD = (
    ("公民身份号码", "证件号码"),
    ("身份证号码", "证件号码"),
    ("身份证件号码", "证件号码"),
    ("统一社会信用代码", "信用代码"),
    ("手机号码", "手机"),
    ("营业", "经营"),
)
BARE = frozenset({
    "姓名", "性别", "出生日期", "年龄", "民族", "国籍", "婚姻状况", "证件类型", "证件号码", "电话", "联系电话", "手机",
    "地址", "住址", "现住址", "户籍地址", "户籍地", "文化程度", "学历", "职业", "职务", "邮编", "邮政编码", "电子邮箱",
    "关系",
})  # fmt: skip
"""Attributes of a person that don't say whose they are."""

HOLDERS = (
    "法定代表人", "负责人", "经营者", "股东", "董事", "监事", "经理", "管理人员", "从业人员", "代理人", "受托人",
    "委托", "授权", "经办人", "监护人", "父母", "父亲", "母亲", "新生儿", "夫妻", "双方", "配偶", "子女", "产权人",
    "业主", "房主", "死者", "申请人", "登记人", "申领人", "参保人", "学生", "残疾人", "家庭成员",
)  # fmt: skip

WHO_APPLIES = frozenset({"申请人", "申领人"})


@lru_cache(maxsize=16384)
def plain(text: str, *, asides: bool = False) -> str:
    """A name without what stands in brackets, signs and blanks, with one word for one thing."""
    said = unicodedata.normalize("NFKC", text)
    said = _NOISE.sub("", said if asides else _ASIDE.sub("", said))
    said = _OTHER_WORD.sub("", said)
    for word, other in _ONE_WORD:
        said = said.replace(word, other)
    return said


def agree(one: str, other: str) -> bool:
    """Do two labels say the same: 单位名称 and 单位或店铺名称 do, 检测报告编号 and 卫生检测报告编号 don't."""
    return plain(one) == plain(other)


def bare(label: str) -> bool:
    """An attribute that doesn't say whose it is: 性别, 出生日期."""
    return plain(label) in BARE


def holders(name: str) -> frozenset[str]:
    """Who a paper is about, as far as its name says; where it says nothing, whoever applies."""
    said = plain(name, asides=True)
    named = frozenset(word for word in HOLDERS if word in said) - WHO_APPLIES
    return named or WHO_APPLIES


def likeness(shared: str, name: str) -> float:
    """How much of a shared name stands in a material's name, in its order; of its variants (甲（乙）) the best."""
    said = plain(name, asides=True)
    return max(common(each, said) / len(each) for each in _variants(shared) if each)


def within(name: str, shared: str) -> bool:
    """Does a shared name say all of a material's, and more: 居民户口簿 of 父母居民户口簿?"""
    return plain(name, asides=True) in plain(shared)


def common(one: str, other: str) -> int:
    """The length of the longest common subsequence."""
    row = [0] * (len(other) + 1)
    for sign in one:
        before = row[:]
        for place, there in enumerate(other, 1):
            row[place] = before[place - 1] + 1 if sign == there else max(before[place], row[place - 1])
    return row[-1]


def _variants(shared: str) -> list[str]:
    """法定代表人（经营者）身份证明 stands for 法定代表人身份证明 and 经营者身份证明; 住所（经营场所）证明 likewise."""
    said = unicodedata.normalize("NFKC", shared)
    found = re.match(r"^(?P<before>.*?)\((?P<other>[^()]+)\)(?P<after>.*)$", said)
    alone = [plain(said), plain(said, asides=True)]
    return [*alone, plain(found["other"] + found["after"])] if found else alone
