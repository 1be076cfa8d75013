"""Is a package fit to be released? Its document, and what it comes to with the items as they are now."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from math import prod
from typing import Any

from yimen.catalog.choices import PackageDocument
from yimen.catalog.models import Edition, Item
from yimen.catalog.queries.checking import typed
from yimen.catalog.queries.packaging.assembling import Assembly, Taken, assemble, field_facts, legs, material_facts
from yimen.catalog.queries.packaging.resolving import current_editions
from yimen.law.condition_tree import Condition, Differs, Either, Equals, Every, Not, OneOf
from yimen.law.conditions import ConditionError, parse
from yimen.law.package_members import Member, taking_part
from yimen.law.package_path import PackageError, critical_path, require_no_cycle
from yimen.law.said import said, several
from yimen.vault.queries import kinds

MOST_COMBINATIONS = 4096


@dataclass(frozen=True)
class Finding:
    """What is wrong or worth a look. field: its place (items[2].when); stops: it can't be released with it."""

    field: str
    reason: str
    stops: bool = True


def check_package_whole(raw: Mapping[str, Any]) -> tuple[PackageDocument | None, list[Finding]]:
    """The typed document and everything found; None when it isn't even that."""
    document, problems = typed(PackageDocument, raw)
    if document is None:
        return None, [Finding(each.field, each.reason) for each in problems]
    editions = current_editions(document.slugs)
    findings = [
        *_members(document, editions),
        *_conditions(document),
        *_order(document, editions),
        *_declared(document, editions),
        *_shared(document),
        *_questions(document),
    ]
    return document, findings


def preview(document: PackageDocument) -> Assembly | None:
    """All members of a package together, whatever the answers: what is merged and what conflicts. None with a ring."""
    editions = current_editions(document.slugs)
    taken = [Taken(rule, editions[rule.slug]) for rule in document.items if rule.slug in editions]
    try:
        return assemble(document, "", taken)
    except PackageError:
        return None


@dataclass(frozen=True)
class Reach:
    """What the questions can lead to: the shortest and longest composite limit, the longest way, who can meet whom."""

    shortest: int
    longest: int
    critical: tuple[str, ...]
    together: frozenset[frozenset[str]]


def reach(document: PackageDocument) -> Reach:
    """Over all combinations of answers; where there are too many, over those in which one question differs."""
    editions = current_editions(document.slugs)
    ways = legs(document, editions)
    rules = [Member(rule.slug, rule.when, rule.required) for rule in document.items if rule.slug in editions]
    found: set[tuple[str, ...]] = set()
    for answers in _combinations(document):
        found.add(taking_part(rules, answers))
    paths = [critical_path(ways, here) for here in found if here]
    longest = max(paths, key=lambda path: path.working_days, default=None)
    return Reach(
        shortest=min((path.working_days for path in paths), default=0),
        longest=longest.working_days if longest else 0,
        critical=longest.critical if longest else (),
        together=frozenset(frozenset(pair) for here in found for pair in combinations(here, 2)),
    )


def _combinations(document: PackageDocument) -> Iterator[dict[str, str]]:
    names = [question.name for question in document.questions]
    lists = [question.choices for question in document.questions]
    if prod(len(choices) for choices in lists) <= MOST_COMBINATIONS:
        yield from (dict(zip(names, each, strict=True)) for each in product(*lists))
        return
    first = dict(zip(names, (choices[0] for choices in lists), strict=True))
    yield from (first | {name: choice} for name, choices in zip(names, lists, strict=True) for choice in choices)


def _members(document: PackageDocument, editions: Mapping[str, Edition]) -> Iterator[Finding]:
    known = set(Item.objects.filter(slug__in=document.slugs).values_list("slug", flat=True))
    for place, rule in enumerate(document.items):
        if rule.slug not in known:
            yield Finding(f"items[{place}].slug", said("没有事项“{slug}”", slug=rule.slug))
        elif rule.slug not in editions:
            yield Finding(
                f"items[{place}].slug",
                said("事项“{slug}”现在没有可以办理的版本（未发布、暂停或者取消）", slug=rule.slug),
            )
        for other in rule.depends_on or ():
            if other not in document.slugs:
                yield Finding(f"items[{place}].depends_on", said("“{slug}”不在这个“一件事”里", slug=other))


def _conditions(document: PackageDocument) -> Iterator[Finding]:
    choices = {question.name: question.choices for question in document.questions}
    for place, rule in enumerate(document.items):
        if not rule.when:
            continue
        field = f"items[{place}].when"
        try:
            condition = parse(rule.when)
        except ConditionError as wrong:
            yield Finding(field, wrong.sentence)
            continue
        unknown = condition.fields - set(choices)
        if unknown:
            yield Finding(field, said("条件引用了不存在的问题：{names}", names=several(sorted(unknown))))
        for name, value in _values(condition):
            if name in choices and value not in choices[name]:
                yield Finding(field, said("问题“{name}”没有“{value}”这个选项，条件永远不成立", name=name, value=value))


def _values(condition: Condition) -> Iterator[tuple[str, str | bool]]:
    """Every question and answer that a condition speaks of."""
    match condition:
        case Equals(field=name, value=value) | Differs(field=name, value=value):
            yield name, value
        case OneOf(field=name, values=values):
            yield from ((name, value) for value in values)
        case Not(part=part):
            yield from _values(part)
        case Every(parts=parts) | Either(parts=parts):
            for part in parts:
                yield from _values(part)


def _order(document: PackageDocument, editions: Mapping[str, Edition]) -> Iterator[Finding]:
    try:
        require_no_cycle(legs(document, editions))
    except PackageError as ring:
        names = [editions[slug].doc.name for slug in (*ring.cycle, ring.cycle[0])]
        yield Finding("items", said("先后关系成了循环：{names}", names=several(names, " → ")))


def _declared(document: PackageDocument, editions: Mapping[str, Edition]) -> Iterator[Finding]:
    """A declaration names fields and materials that exist, and no two of one kind that can't be one."""
    kinds_of = {fact.address: (fact.kind, fact.label) for each in editions.values() for fact in field_facts(each.doc)}
    papers = {fact.address: fact.name for each in editions.values() for fact in material_facts(each.doc)}
    for name in ("same_fields", "different_fields", "same_materials", "different_materials"):
        known: Collection[str] = kinds_of if name.endswith("fields") else papers
        for place, group in enumerate(getattr(document, name)):
            yield from _group(f"{name}[{place}]", group, known, editions)
            told = {kinds_of[each][0] for each in group if each in kinds_of}
            if name == "same_fields" and len(told) > 1:
                yield Finding(f"{name}[{place}]", said("这些字段的填写方式不同，不能合并成一项"))


def _group(
    place: str, group: Sequence[str], known: Collection[str], editions: Mapping[str, Edition]
) -> Iterator[Finding]:
    for address in group:
        if address not in known and address.partition(".")[0] in editions:
            yield Finding(place, said("没有“{address}”", address=address))
    members = [address.partition(".")[0] for address in group]
    if place.startswith("same") and len(set(members)) < len(members):
        yield Finding(place, said("同一个事项里的两项不能合并成一项"))


def _shared(document: PackageDocument) -> Iterator[Finding]:
    known = kinds()
    for place, code in enumerate(document.shared_licences):
        if code not in known:
            yield Finding(f"shared_licences[{place}]", said("没有证照类型“{code}”", code=code))


def _questions(document: PackageDocument) -> Iterator[Finding]:
    used = {name for rule in document.items if rule.when for name in _names(rule.when)}
    for place, question in enumerate(document.questions):
        if question.name not in used:
            yield Finding(
                f"questions[{place}]",
                said("问题“{label}”不影响要办的事项，可以不问", label=question.label),
                stops=False,
            )
        if len(question.choices) == 1:
            yield Finding(f"questions[{place}].choices", said("只有一个选项，没有什么可选的"), stops=False)
    if not document.basis:
        yield Finding("basis", said("没有写设定依据"), stops=False)


def _names(text: str) -> frozenset[str]:
    try:
        return parse(text).fields
    except ConditionError:
        return frozenset()
