"""The form of a draft as sections of fields, and what the designer does to it: all over the raw document.

A draft may hold fields that can't be read yet; they keep their place behind the others and are mended in the editor.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from pydantic import ValidationError

from yimen.sheets.choices import FormField, FormRule, Kind, LibraryDocument
from yimen.sheets.queries import grouped, library

Layout = list[tuple[str, list[str]]]
LONGEST_NAME = 60


@dataclass(frozen=True)
class Form:
    """The readable part of a draft's form, as sheets take it. unreadable: names or numbers of the rest."""

    form_fields: tuple[FormField, ...]
    form_rules: tuple[FormRule, ...]
    unreadable: tuple[str, ...]


def form_of(document: Mapping[str, Any]) -> Form:
    """What can be shown of the form; of two fields with one name the first."""
    fields: dict[str, FormField] = {}
    unreadable: list[str] = []
    for place, raw in enumerate(_rows(document)):
        try:
            field = FormField.model_validate(raw)
            if field.name in fields:
                unreadable.append(field.label)
            fields.setdefault(field.name, field)
        except ValidationError:
            unreadable.append(str(raw.get("label") or raw.get("name") or _("第 {n} 项").format(n=place + 1)))
    return Form(tuple(fields.values()), tuple(rule for _at, rule in readable_rules(document)), tuple(unreadable))


def rows_by_name(document: Mapping[str, Any]) -> dict[str, int]:
    """Which row of the document each field is; of two with one name the first."""
    raw = document.get("form_fields")
    found: dict[str, int] = {}
    for number, row in enumerate(raw if isinstance(raw, list) else ()):
        if isinstance(row, dict):
            found.setdefault(str(row.get("name")), number)
    return found


def layout_of(document: Mapping[str, Any]) -> Layout:
    """The sections as the citizen gets them, before long ones are split into pages."""
    return [(each.title, [one.name for one in each.fields]) for each in grouped(form_of(document).form_fields)]


def arranged(document: Mapping[str, Any], layout: Iterable[tuple[str, Sequence[str]]]) -> dict[str, Any]:
    """The document with its fields in these sections, in this order; what the layout doesn't name stays, at the end."""
    rows = _rows(document)
    first: dict[str, dict[str, Any]] = {}
    for row in rows:
        first.setdefault(str(row.get("name")), row)
    told = [{**first[name], "section": title} for title, names in layout for name in names if name in first]
    named = {name for _title, names in layout for name in names if name in first}
    rest = [row for row in rows if str(row.get("name")) not in named or first[str(row.get("name"))] is not row]
    return {**document, "form_fields": [*told, *rest]}


def operated(document: Mapping[str, Any], op: str, told: Mapping[str, str]) -> dict[str, Any]:
    """What one touch of the designer makes of the document; one that says nothing changes nothing."""
    verb, _bar, what = op.partition("|")
    titled = _titled(layout_of(document), told)
    if titled != layout_of(document):
        document = arranged(document, titled)
    if verb == "add":
        return _added(document, what, told)
    if verb in ("remove", "require"):
        return _changed(document, verb, what)
    before = layout_of(document)
    after = VERBS[verb](before, what, told) if verb in VERBS else before
    if after == before:
        return dict(document)
    return arranged(document, after)


def _move(layout: Layout, name: str, step: int) -> Layout:
    """A field one place on; past the end of its section into the next one."""
    kept = [(title, list(names)) for title, names in layout]
    at = next((n for n, (_title, names) in enumerate(kept) if name in names), None)
    if at is None:
        return kept
    names = kept[at][1]
    place = names.index(name)
    if 0 <= place + step < len(names):
        names[place], names[place + step] = names[place + step], names[place]
    elif 0 <= at + step < len(kept):
        names.remove(name)
        there = kept[at + step][1]
        there.insert(0 if step > 0 else len(there), name)
    return [(title, held) for title, held in kept if held]


def _move_section(layout: Layout, number: str, step: int) -> Layout:
    at = int(number) if number.isdecimal() else -1
    kept = list(layout)
    if 0 <= at < len(kept) and 0 <= at + step < len(kept):
        kept[at], kept[at + step] = kept[at + step], kept[at]
    return kept


def _split(layout: Layout, name: str, told: Mapping[str, str]) -> Layout:
    """A new section begins with a field."""
    kept: Layout = []
    for title, names in layout:
        if name in names[1:]:
            place = names.index(name)
            kept += [(title, names[:place]), (_free(_("新的一页"), [each for each, _names in layout]), names[place:])]
        else:
            kept.append((title, names))
    return kept


def _join(layout: Layout, number: str, told: Mapping[str, str]) -> Layout:
    at = int(number) if number.isdecimal() else 0
    if not 0 < at < len(layout):
        return layout
    title, names = layout[at - 1]
    return [*layout[: at - 1], (title, [*names, *layout[at][1]]), *layout[at + 1 :]]


def _titled(layout: Layout, told: Mapping[str, str]) -> Layout:
    """With the titles as they stand in their inputs, whatever button was pressed; two alike would become one page."""
    kept: Layout = []
    for place, (title, names) in enumerate(layout):
        wanted = told.get(f"title{place}", "").strip()[:200] or title
        taken = [each for each, _names in (*kept, *layout[place + 1 :])]
        kept.append((title if wanted in taken else wanted, names))
    return kept


def _drop(layout: Layout, where: str, told: Mapping[str, str]) -> Layout:
    """A field let go at a place: name|section|place."""
    name, section, place = [*where.split("|"), "", ""][:3]
    if not (section.isdecimal() and place.isdecimal() and int(section) < len(layout)):
        return layout
    kept = [(title, [each for each in names if each != name]) for title, names in layout]
    if any(name in names for _title, names in layout):
        kept[int(section)][1].insert(int(place), name)
    return [(title, names) for title, names in kept if names]


VERBS: dict[str, Callable[[Layout, str, Mapping[str, str]], Layout]] = {
    "up": lambda layout, name, told: _move(layout, name, -1),
    "down": lambda layout, name, told: _move(layout, name, 1),
    "section_up": lambda layout, number, told: _move_section(layout, number, -1),
    "section_down": lambda layout, number, told: _move_section(layout, number, 1),
    "split": _split,
    "join": _join,
    "drop": _drop,
}


def _added(document: Mapping[str, Any], section: str, told: Mapping[str, str]) -> dict[str, Any]:
    """A field of the library, or a plain one, at the end of a section."""
    layout, section = layout_of(document), told.get("to", section)
    taken = [str(row.get("name")) for row in _rows(document)]
    element = library().get(told.get("element", "").strip())
    if element is not None and not element.retired:
        raw = of_element(element, taken)
    elif told.get("label", "").strip() and told.get("kind") in set(Kind):
        raw = {"name": _free("field", taken), "label": told["label"].strip()[:200], "type": told["kind"]}
        raw |= {"choices": [_("选项一"), _("选项二")]} if told["kind"] in ("choice", "multi") else {}
        raw |= {"statement": _("（请写明声明的内容）")} if told["kind"] == "declaration" else {}
    else:
        return dict(document)
    at = min(int(section), len(layout) - 1) if section.isdecimal() else len(layout) - 1
    fields = {**document, "form_fields": [*_rows(document), raw]}
    placed = [(title, [*names, raw["name"]] if n == at else names) for n, (title, names) in enumerate(layout)]
    return arranged(fields, placed or [(_("填写内容"), [raw["name"]])])


def of_element(element: LibraryDocument, taken: Iterable[str] = ()) -> dict[str, Any]:
    """A question that asks a field of the library, as the library says it is asked."""
    said = element.model_dump(mode="json", exclude_defaults=True)
    kept: dict[str, Any] = {name: said[name] for name in ("choices", "code_list", "unit", "format") if name in said}
    prefill = {"prefill": element.sources[0]} if element.sources else {}
    name = _free(element.code.replace(".", "_")[:LONGEST_NAME], taken)
    return {"name": name, "label": element.name, "type": element.kind.value, "element": element.code, **kept, **prefill}


def _changed(document: Mapping[str, Any], verb: str, name: str) -> dict[str, Any]:
    rows = _rows(document)
    if verb == "remove":
        return {**document, "form_fields": [row for row in rows if row.get("name") != name]}
    turned = [{**row, "required": not row.get("required")} if row.get("name") == name else row for row in rows]
    return {**document, "form_fields": turned}


def _free(name: str, taken: Iterable[str]) -> str:
    held = set(taken)
    return next(each for each in (name, *(f"{name}{n}" for n in range(2, 1000))) if each not in held)


def _rows(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    rows = document.get("form_fields")
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def readable_rules(document: Mapping[str, Any]) -> Iterator[tuple[int, FormRule]]:
    """(row, rule) of those that can be read."""
    rows = document.get("form_rules")
    for number, raw in enumerate(rows if isinstance(rows, list) else ()):
        try:
            yield number, FormRule.model_validate(raw)
        except ValidationError:
            continue
