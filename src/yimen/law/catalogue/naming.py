"""What a material is by its name, whosever it is and however it is copied. Rule in words: docs/rules/catalogue.md

Everyday names of licences are data (`data/licence_names.json`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources

from .levelling import levelled

_ASIDE = re.compile(r"[（(\[【][^（）()\[\]【】]*[)）\]】]")
_WHOSE = re.compile(
    r"^(?:申请人|申领人|登记人|当事人|经办人|代理人|本人|父母|父亲|母亲|配偶|户主|子女|双方|男女双方|夫妻|新生儿|法定代表人|负责人"
    r"|监护人|委托人|受托人|代办人|投资人|经营者|全部|家庭成员|有效|的)+"
)
_OFFICE = re.compile(
    r"^(?:申请|申报|建设|施工|用人|使用|拟执业)?(?:企业|公司|单位|法人|个人|机构|股东|业主|出租人|承租人)的?"
)
_STATE = re.compile(r"^(?:中华人民共和国|[\u4e00-\u9fff]{2,3}(?:省|自治区))")
_COPIES = (
    r"正反面|正副本|正、副本|正本|副本|原件|复印件|影印件|扫描件"
    r"|电子件|电子版|电子证照|纸质件|照片|[一二两三四\d]+[份张式套]"
)
_COPY = re.compile(rf"(?:(?:各|的|及|和|与|或|或者|、|/|，|并提供|并交)*(?:{_COPIES}))+$")
_COPY_ASIDE = re.compile(rf"[（(](?:[^（）()]*(?:{_COPIES})[^（）()]*)[)）]")
_PARTS = re.compile(r"[、，,/及和与或]|以及|或者")
_EITHER = re.compile(r"或|之一|其一|任一|任选|/|可用|可以用")

_TABLE: Mapping[str, list[str]] = json.loads(
    resources.files("yimen.law").joinpath("data/licence_names.json").read_text("utf-8")
)
_KNOWN = {name: name for name in _TABLE} | {other: name for name, others in _TABLE.items() for other in others}


@lru_cache(maxsize=20_000)
def bare(name: str) -> str:
    """A name without whose it is, how it is copied, and brackets: 申请人居民身份证（复印件） → 居民身份证."""
    plain = _ASIDE.sub("", levelled(name).plain)
    return _COPY.sub("", _WHOSE.sub("", plain)) or plain or name


@lru_cache(maxsize=20_000)
def known_as(name: str) -> str:
    """The name under which a licence is known: 申请人户口本原件 → 居民户口簿; any other name bare."""
    short = bare(name)
    for other in (short, _STATE.sub("", short), _OFFICE.sub("", short)):
        if other in _KNOWN:
            return _KNOWN[other]
    return _STATE.sub("", short) or short


@lru_cache(maxsize=20_000)
def parts(name: str) -> tuple[str, ...]:
    """The things that a name lists: 身份证及户口簿 → 居民身份证, 居民户口簿. One, where it lists none."""
    return tuple(dict.fromkeys(known_as(part) for part in _PARTS.split(bare(name)) if part)) or (bare(name),)


@lru_cache(maxsize=20_000)
def either(name: str) -> bool:
    """Does one of the things in a name do? 原件或复印件 is no choice between things."""
    return bool(_EITHER.search(_COPY.sub("", _COPY_ASIDE.sub("", levelled(name).plain))))


@lru_cache(maxsize=8)
def directory(provided: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    """What the city has, by the names under which it is known."""
    return {known_as(name): told for name, told in provided}
