"""What an edition of a county, town or village may differ in from the city's (rule 19, 一套标准、四级贯通).

It may shorten limits, drop materials or make them lighter, and set its own place, hours and contacts; what names it
(code, agency, level) is its own. Everything else is named with its place. Rule in words: docs/rules/catalogue.md
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from yimen.law.said import said

from .durations import Order, compared, in_units
from .finding import Finding, Hit, Severity
from .registry import weighed

Document = Mapping[str, Any]
Namer = Callable[[str], str]

OWN = frozenset({
    "slug", "code", "agency", "level", "codes", "inherits", "confidence", "places", "contacts", "in_hall", "terminals",
    "appointment", "promised_note", "authority.handled_by", "rights.reconsideration", "rights.litigation",
})  # fmt: skip
"""What a lower edition sets itself: what names it, where and when, whom to ask and to complain to."""
LIMITS = ("statutory", "promised")
MATERIAL_OWN = frozenset({"key", "obtained_at"})
STEP_OWN = frozenset({"office"})
NECESSITIES = ("非必要", "容缺", "必要")
FORMS = ("电子化", "纸质/电子化", "纸质")
DEPTHS = ("四级", "三级", "二级", "一级")


def deviations(
    upper: Document, lower: Document, *, severities: Mapping[str, Severity] | None = None, named: Namer = str
) -> list[Finding]:
    """What the lower edition changes without being allowed to. Both as stored (plain JSON, fields by their names).

    named: a place (`materials[2].basis`) in words, for the sentences. Places are those of the lower edition; what it
    lacks, of the upper one.
    """
    return weighed(_hits(upper, lower, named), severities or {}, str(lower.get("slug") or ""))


def _hits(upper: Document, lower: Document, named: Namer) -> Iterator[Hit]:
    for limit in LIMITS:
        yield from _limit(upper, lower, limit, named)
    yield from _case_type(upper, lower, named)
    yield from _materials(upper.get("materials") or (), lower.get("materials") or (), named)
    yield from _steps(upper.get("steps") or (), lower.get("steps") or (), named)
    handled = {"case_type", "materials", "steps", *(f"{each}_{part}" for each in LIMITS for part in ("days", "unit"))}
    for field in sorted({*upper, *lower} - handled - OWN):
        yield from _field(field, upper.get(field), lower.get(field), named)


def _field(place: str, before: Any, after: Any, named: Namer) -> Iterator[Hit]:
    """A field, or the fields of a part of it; milder for people is a warning."""
    if place in OWN or _same(before, after):
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping) and place != "fee":
        for name in sorted({*before, *after}):
            yield from _field(f"{place}.{name}", before.get(name), after.get(name), named)
    elif (milder := MILDER.get(place)) and milder(before, after):
        sentence = said("{place}比上级版本更方便群众，应当由上级统一改。", place=named(place))
        yield Hit("delegation_milder", place, sentence, "请上级修改标准，再承接。")
    elif place == "visits_reason" and not after:
        return
    else:
        yield _exceeds(place, said("{place}与上级版本不同。", place=named(place)))


def _limit(upper: Document, lower: Document, limit: str, named: Namer) -> Iterator[Hit]:
    before, after = upper.get(f"{limit}_days"), lower.get(f"{limit}_days")
    place = f"{limit}_days"
    if before is None:
        return
    if after is None:
        yield _exceeds(place, said("上级版本有{place}，这里没有。", place=named(place)))
        return
    units = [str(each.get(f"{limit}_unit") or "工作日") for each in (upper, lower)]
    told = compared(after, units[1], before, units[0])
    words = said(
        "{place} {after}，上级版本 {before}（{argument}）", place=named(place), after=in_units(after, units[1]),
        before=in_units(before, units[0]), argument=told.argument,
    )  # fmt: skip
    if told.order is Order.EXCEEDS:
        yield _exceeds(place, said("只能缩短时限：{words}。", words=words))
    elif told.order is Order.UNSURE:
        yield Hit(
            "delegation_unsure",
            place,
            said("时限可能更长：{words}。", words=words),
            "与上级版本用同一个单位，或者再缩短。",
        )


def _case_type(upper: Document, lower: Document, named: Namer) -> Iterator[Hit]:
    """A limit shortened to nothing makes an instant item; the other way round is longer."""
    before, after = upper.get("case_type"), lower.get("case_type")
    if before != after and not (after == "即办件" and lower.get("promised_days") == 0):
        yield _exceeds(
            "case_type", said(
                "{place}为{after}，上级版本为{before}。", place=named("case_type"), after=said(str(after)),
                before=said(str(before)),
            ),
        )  # fmt: skip


def _materials(upper: Sequence[Document], lower: Sequence[Document], named: Namer) -> Iterator[Hit]:
    by_key = {each["key"]: each for each in upper if each.get("key")}
    by_name = {each.get("name"): each for each in upper}
    for number, material in enumerate(lower):
        same = by_name.get(material.get("name")) or by_key.get(material.get("key"))
        if same is None:
            yield _exceeds(
                f"materials[{number}]",
                said("多要了材料“{name}”。", name=material.get("name")),
                str(material.get("name")),
            )
            continue
        for field in sorted({*same, *material} - MATERIAL_OWN):
            before, after = same.get(field), material.get(field)
            lighter = LIGHTER.get(field)
            if _same(before, after) or (lighter and lighter(before, after)):
                continue
            place = f"materials[{number}].{field}"
            sentence = said(
                "材料“{name}”的{place}与上级版本不同，不是减轻。", name=material.get("name"), place=named(place)
            )
            yield _exceeds(place, sentence, str(material.get("name")))


def _steps(upper: Sequence[Document], lower: Sequence[Document], named: Namer) -> Iterator[Hit]:
    if [each.get("name") for each in upper] != [each.get("name") for each in lower]:
        yield _exceeds("steps", said("{place}与上级版本不同。", place=named("steps")))
        return
    for number, (before, after) in enumerate(zip(upper, lower, strict=True)):
        for field in sorted({*before, *after} - STEP_OWN):
            shorter = field == "days" and _at_most(before.get(field), after.get(field))
            if not _same(before.get(field), after.get(field)) and not shorter:
                place = f"steps[{number}].{field}"
                yield _exceeds(
                    place, said("环节“{name}”的{place}与上级版本不同。", name=after.get("name"), place=named(place))
                )


def _exceeds(place: str, sentence: str, text: str = "") -> Hit:
    return Hit("delegation_exceeds", place, sentence, "改回上级版本的内容，或者请上级修改标准。", text)


def _same(before: Any, after: Any) -> bool:
    """Nothing is nothing, however it is written."""
    empty: tuple[Any, ...] = (None, "", [], (), {})
    return before == after or (before in empty and after in empty)


def _at_most(before: Any, after: Any) -> bool:
    return before is not None and after is not None and after <= before


def _lower_in(order: Sequence[str]) -> Callable[[Any, Any], bool]:
    return lambda before, after: before in order and after in order and order.index(after) <= order.index(before)


def _given(before: Any, after: Any) -> bool:
    return before is None and after is not None


def _more(before: Any, after: Any) -> bool:
    return set(before or ()) <= set(after or ())


LIGHTER: Mapping[str, Callable[[Any, Any], bool]] = {
    "original": _at_most,
    "copy": _at_most,
    "copies": _at_most,
    "electronic": lambda before, after: bool(after) and not before,
    "necessity": _lower_in(NECESSITIES),
    "form": _lower_in(FORMS),
    "exempt_when": _given,
    "licence_type": _given,
    "data_service": _given,
    "show_if": _given,
}
"""When a change of a material asks less of people: field → does it, from before to after."""

MILDER: Mapping[str, Callable[[Any, Any], bool]] = {
    "visits": _at_most,
    "online_depth": _lower_in(DEPTHS),
    "channels": _more,
    "delivery": _more,
    "fee": lambda before, after: bool(before and before.get("charged")) and bool(after) and not after.get("charged"),
    "post.materials": lambda before, after: bool(after) and not before,
    "post.results": lambda before, after: bool(after) and not before,
    "commitment": lambda before, after: bool(after) and not before,
    "cross_city": lambda before, after: bool(after) and not before,
}
"""What is better for people, yet belongs into the one standard."""
