"""Tells people, in the language of their visit, what the law and the commands have said in Chinese.

Chinese is what was said, byte for byte: it is what goes into ledgers and papers. Any other language goes through the
catalogues: first the template, then the facts into it. Facts are quoted, unless they are words of ours (`Said`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, overload

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext

from yimen.law.said import Said, about, said

CHINESE = "zh"
# What stands between things that are listed, and what stands between sentences.
JOINTS = {"": " ", "、": ", ", "；": "; ", "，": ", ", "和": " and "}
_HAN = re.compile(r"[\u4e00-\u9fff]")


@overload
def translated(text: str) -> str: ...
@overload
def translated(text: Any) -> Any: ...
def translated(text: Any) -> Any:
    """A sentence or a label in the language of the visit; what the catalogue doesn't know stays as it is."""
    if isinstance(text, Promise) or not isinstance(text, str) or (get_language() or CHINESE).startswith(CHINESE):
        return text
    if isinstance(text, Said):
        return _retold(text)
    return gettext(text) if _HAN.search(text) else text


def to_staff(text: str, who: str = "申请人") -> str:
    """What is said to the person who applies, for whoever works for them: of 申请人, where they read 您."""
    return translated(about(text, who))


def named(label: str, why: str) -> str:
    """What is wrong, after the name of the field; a sentence that names it already says it once."""
    return why if label and f"“{label}”" in why else said("{label}：{why}", label=label, why=why)


def translated_errors(errors: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """{field, code, message} of each, the message in the language of the visit."""
    return [{**each, "message": translated(each["message"])} for each in errors]


def _retold(text: Said) -> str:
    if not text.template:
        return JOINTS.get(text.joint, text.joint).join(str(_fact(part)) for part in text.parts if part != "")
    template = gettext(text.template)
    return template.format(**{name: _fact(fact) for name, fact in text.facts.items()}) if text.facts else template


def _fact(fact: object) -> object:
    """Names, labels of fields and whatever else people wrote is quoted as they wrote it; words of ours are `Said`."""
    return translated(fact) if isinstance(fact, Said) else fact
