"""Groups fields that belong together, so that a page asks about one thing: from labels, names and prefill."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise, takewhile

from yimen.law.conditions import parse
from yimen.law.said import Said, said, several
from yimen.sheets.choices import FormField, Kind

FIELDS_PER_PAGE = 8
TABLE_WEIGHT = 3

APPLICANT, ORG, CONTENT = said("申请人信息"), said("申请单位信息"), said("办理内容")
AGENT, CONTACT, RECEIVING = said("经办人（代理人）信息"), said("联系方式"), said("结果领取")
OTHER = said("其他情况")
_BY_LABEL = (
    (RECEIVING, re.compile("领取|邮寄|寄送|收件|快递|送达")),
    (AGENT, re.compile("经办|代理|委托人|代办|联络员")),
    (CONTACT, re.compile("^联系|联系人|联系电话|电子邮箱")),
)
SHORTEST_OWNER = 2
LONGEST_OWNER = 8
LONGEST_TOLD = 9


@dataclass
class Section:
    """A heading and its fields; a long section becomes several pages, named after what they ask or numbered."""

    title: str
    fields: list[FormField] = field(default_factory=list)


def sections(fields: tuple[FormField, ...]) -> list[Section]:
    """All fields in sections, each in one, as pages: what is too long for one becomes several."""
    return [page for section in grouped(fields) for page in _split(section)]


def grouped(fields: tuple[FormField, ...]) -> list[Section]:
    """The sections, whole; in the order of first mention but for the first and the last.

    Where the file names every field's section, its order is the author's and stays.
    """
    titles = _titles(fields)
    found: dict[str, Section] = {}
    for one in fields:
        found.setdefault(titles[one.name], Section(titles[one.name])).fields.append(one)
    arranged = all(one.section for one in fields)
    return list(found.values()) if arranged else sorted(found.values(), key=_place)


def _place(section: Section) -> int:
    """Who applies comes first, how the result is received last; what lies between keeps the file's order."""
    about_oneself = any(one.prefill in ("person.name", "org.name") for one in section.fields)
    return 0 if about_oneself or section.title in (APPLICANT, ORG) else 2 if section.title == RECEIVING else 1


def whole(title: str) -> str:
    """The section's own title, where a page of it is numbered."""
    own = title.facts.get("title") if isinstance(title, Said) else None
    return own if isinstance(own, str) else title


def controller(one: FormField) -> str | None:
    """The field that decides whether this one is asked."""
    return min(parse(one.show_if).fields) if one.show_if else None


def _titles(fields: tuple[FormField, ...]) -> dict[str, str]:
    owners = _owners(fields)
    titles: dict[str, str] = {}
    for one in fields:
        titles[one.name] = one.section or titles.get(controller(one) or "") or _title(one, owners)
    alone = {title for title in titles.values() if list(titles.values()).count(title) == 1 and title != RECEIVING}
    if CONTENT in titles.values() or len(set(titles.values())) > 1:
        given = {one.section for one in fields}
        titles = {name: CONTENT if t in alone and t not in given else t for name, t in titles.items()}
    return titles


def _title(one: FormField, owners: dict[str, str]) -> str:
    if RECEIVING_WORDS.search(one.label):
        return RECEIVING
    source = one.prefill or ""
    if source.startswith("org."):
        return ORG
    if one.name in owners:
        return said("{owner}信息", owner=owners[one.name])
    by_label = next((title for title, words in _BY_LABEL if words.search(one.label)), None)
    return by_label or (APPLICANT if source.startswith("person.") else CONTENT)


RECEIVING_WORDS = _BY_LABEL[0][1]


def _owners(fields: tuple[FormField, ...]) -> dict[str, str]:
    """Neighbours whose labels begin with the same words (监护人姓名, 监护人电话) are about that person or thing."""
    owners: dict[str, str] = {}
    for one, after in pairwise(fields):
        shared = _begin(one.label, after.label)
        held = owners.get(one.name, "")
        if held and after.label.startswith(held):
            owners[after.name] = held
        elif SHORTEST_OWNER <= len(shared) <= LONGEST_OWNER and _same_name_stem(one.name, after.name):
            owners[one.name] = owners[after.name] = shared
    return owners


def _begin(one: str, other: str) -> str:
    return re.sub(r"[（(、/的].*$|(公民)?身份.*$|姓$|联系$|电$", "", _shared(one, other))


def _shared(one: str, other: str) -> str:
    return "".join(a for a, _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _same_name_stem(one: str, other: str) -> bool:
    stem = _shared(one, other)
    return "_" in stem or len(stem) >= 4


def _split(section: Section) -> list[Section]:
    parts: list[Section] = []
    weight = FIELDS_PER_PAGE
    for one in section.fields:
        size = TABLE_WEIGHT if one.kind is Kind.TABLE else 1
        if weight + size > FIELDS_PER_PAGE:
            parts.append(Section(section.title))
            weight = 0
        parts[-1].fields.append(one)
        weight += size
    if len(parts) > 1:
        _balance(parts)
        told = [_told(part) if section.title == CONTENT else "" for part in parts]
        for place, part in enumerate(parts, 1):
            own = told[place - 1]
            part.title = (
                own if own and told.count(own) == 1 else said("{title}（{place}）", title=section.title, place=place)
            )
    return parts


def _told(part: Section) -> str:
    """A page of a long section is named after what it asks first: 主体业态、经营项目等."""
    asked = [one for one in part.fields if not one.show_if and one.kind is not Kind.BOOLEAN]
    labels = [short for one in asked if (short := re.sub("（.*", "", one.label)) and len(short) <= LONGEST_TOLD]
    told = several(dict.fromkeys(labels[:2]))
    if not told:
        return OTHER
    return said("{fields}等", fields=told) if len(part.fields) > len(labels[:2]) else told


def _balance(parts: list[Section]) -> None:
    """A last page with one or two fields takes some from the page before it."""
    while len(parts[-1].fields) < len(parts[-2].fields) - 1:
        parts[-1].fields.insert(0, parts[-2].fields.pop())
