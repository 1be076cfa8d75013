"""What a form asks, against the field library (rule 20, 数据元). Rules in words: docs/rules/catalogue.md

Looked at are forms that refer to the library at all: older ones are brought to it when they are next revised.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from yimen.law.package_words import plain
from yimen.law.said import said

from .finding import Hit
from .shapes import Edition


@dataclass(frozen=True, slots=True)
class Element:
    """A field of the library. names: all it goes by; personal: does it say something of a person; retired: is it out of

    use; instead: the name of what takes its place, "" when nothing does.
    """

    code: str
    names: tuple[str, ...]
    kind: str
    personal: bool
    retired: bool = False
    instead: str = ""

    @property
    def name(self) -> str:
        """What it is called."""
        return self.names[0]


def hits(document: Edition, library: Mapping[str, Element]) -> Iterator[Hit]:
    """Everything about the form's fields."""
    if not any(each.element for each in document.form_fields):
        return
    seen: dict[str, str] = {}
    called = {
        plain(name): each for each in library.values() if each.personal and not each.retired for name in each.names
    }
    for place, field in enumerate(document.form_fields):
        where = f"form_fields[{place}]"
        if not field.element:
            known = called.get(plain(field.label))
            if known is not None and not field.prefill:
                sentence = said("“{label}”是个人信息，数据元库里已有“{name}”。", label=field.label, name=known.name)
                yield Hit(
                    "personal_element_missing",
                    where,
                    sentence,
                    said("选用数据元 {code}。", code=known.code),
                    field.label,
                )
            continue
        yield from _of_element(where, field.label, field.kind, field.element, library.get(field.element))
        if field.element in seen:
            sentence = said("“{label}”和“{other}”问的是同一个数据元。", label=field.label, other=seen[field.element])
            yield Hit("element_twice", f"{where}.element", sentence, "只问一次，或者改用另一个数据元。", field.element)
        seen.setdefault(field.element, field.label)


def _of_element(where: str, label: str, kind: str, code: str, element: Element | None) -> Iterator[Hit]:
    if element is None:
        remedy = "从数据元库中选用，没有的先在库里登记。"
        yield Hit("element_unknown", f"{where}.element", said("数据元库里没有“{code}”。", code=code), remedy, code)
        return
    if element.retired:
        remedy = said("改用“{name}”。", name=element.instead)
        if not element.instead:
            remedy = said("删去这个字段，或者选用别的数据元。")
        yield Hit(
            "element_retired", f"{where}.element", said("数据元“{name}”已经停用。", name=element.name), remedy, code
        )
    if not _fits(kind, element.kind):
        sentence = said("“{label}”的填写方式与数据元“{name}”规定的不同。", label=label, name=element.name)
        yield Hit("element_kind", f"{where}.type", sentence, "按数据元库规定的填写方式改。", code)


def _fits(kind: str, wanted: str) -> bool:
    """A text of several lines is a text; several of a list are of that list."""
    alike = ({"text", "textarea"}, {"choice", "multi"})
    return kind == wanted or any({kind, wanted} <= each for each in alike)
