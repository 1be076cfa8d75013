"""One form for several items: fields with one meaning are asked once. Rule in words: docs/rules/packages.md

Two that ask the same field of the library (数据元) are one, two that ask different ones are two. Of others name, label
and source two must agree, or the label alone where it says whose it is. What only looks alike is kept apart and
reported, never silently merged: a promise of one thing is not the promise of another.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from .completeness import FieldNeed, answers_that_count
from .condition_tree import Condition, Differs, Either, Equals, Every, Not, OneOf
from .conditions import parse
from .package_words import agree, bare, plain
from .said import said, several

LONGEST_NAME = 63


@dataclass(frozen=True, slots=True)
class FieldFact:
    """A field as one member asks it. kind: its type; source: its prefill path; shape: columns, unit, whatever must

    be equal in two fields that are one. element: the field of the library (数据元), "" where none is known.
    """

    member: str
    name: str
    label: str
    kind: str
    required: bool = False
    choices: tuple[str, ...] = ()
    source: str = ""
    show_if: str | None = None
    shape: Hashable = None
    element: str = ""

    @property
    def address(self) -> str:
        """How an author names it: member.field."""
        return f"{self.member}.{self.name}"


@dataclass(frozen=True, slots=True)
class AskedBy:
    """A member's demand on a merged field; show_if: in the merged form's names; given: by the result of that member,

    for which this one waits.
    """

    fact: FieldFact
    required: bool
    show_if: str | None
    given: str = ""


@dataclass(frozen=True, slots=True)
class MergedField:
    """A question of the merged form. rest_of: the field whose answer some member can't take, which therefore asks

    again here, "" otherwise.
    """

    name: str
    needs: tuple[AskedBy, ...]
    choices: tuple[str, ...]
    rest_of: str = ""

    @property
    def members(self) -> tuple[str, ...]:
        """Whom it serves."""
        return tuple(need.fact.member for need in self.needs)

    @property
    def asking(self) -> tuple[AskedBy, ...]:
        """The members to whom no earlier one gives the answer."""
        return tuple(need for need in self.needs if not need.given)

    @property
    def show_if(self) -> str | None:
        """When it is asked: when at least one member asks it of the applicant."""
        found = [need.show_if for need in self.asking]
        told = [each for each in dict.fromkeys(found) if each is not None]
        return (
            None
            if None in found or not told
            else " or ".join(f"({each})" for each in told)
            if len(told) > 1
            else told[0]
        )


@dataclass(frozen=True, slots=True)
class Conflict:
    """Fields that look alike and are kept apart, and why, in Chinese."""

    facts: tuple[FieldFact, ...]
    why: str


@dataclass(frozen=True, slots=True)
class MergedForm:
    """fields: in the order of first mention; places: where a member's field went, the follow-up last."""

    fields: tuple[MergedField, ...]
    places: Mapping[tuple[str, str], tuple[str, ...]]
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True)
class Declared:
    """What the author of a package says himself: groups of member.field that are one, and that are not."""

    same: tuple[frozenset[str], ...] = field(default=())
    apart: tuple[frozenset[str], ...] = field(default=())

    def one(self, a: str, b: str) -> bool:
        """Does the author say that they are one?"""
        return any(a in group and b in group for group in self.same)

    def two(self, a: str, b: str) -> bool:
        """Does the author say that they are not?"""
        return any(a in group and b in group for group in self.apart)


NOTHING = Declared()


def merge_fields(
    facts: Sequence[FieldFact], declared: Declared = NOTHING, given: Mapping[tuple[str, str], str] | None = None
) -> MergedForm:
    """The merged form. facts: all fields of all members, in the order of the members.

    given: {(member, source): the member for which it waits and whose result says it}.
    """
    groups = _groups(facts, declared)
    names = _names(groups)
    places = _places(groups, names)
    merged: list[MergedField] = []
    for group, name in zip(groups, names, strict=True):
        merged += _fields(group, name, places, given or {})
    return MergedForm(tuple(merged), places, tuple(_conflicts(groups, declared)))


def field_needs(
    form: MergedForm,
    labels: Mapping[str, str],
    answers: Mapping[str, object],
    taking_part: Collection[str] | None = None,
) -> list[FieldNeed]:
    """The merged fields as `completeness` counts them, given the answers: required where some member, now, requires it.

    labels: by merged name. An optional field of one member that another requires in one situation is required only in
    that situation.
    """
    asked = [_of(each, taking_part) for each in form.fields]
    shown = [each for each in asked if each.asking]
    base = [FieldNeed(each.name, labels[each.name], required=False, show_if=each.show_if) for each in shown]
    known = answers_that_count(base, answers)
    return [
        FieldNeed(each.name, labels[each.name], each.needs[0].fact.kind, _required(each, known), each.show_if)
        for each in shown
    ]


def answers_for(form: MergedForm, facts: Iterable[FieldFact], answers: Mapping[str, object]) -> dict[str, object]:
    """The answers of some member's fields, under the names that it gave them."""
    told: dict[str, object] = {}
    for fact in facts:
        for place in form.places.get((fact.member, fact.name), ()):
            value = answers.get(place)
            if value is not None and _takes(fact, value):
                told[fact.name] = value
    return told


def answers_from(form: MergedForm, member: str, answers: Mapping[str, object]) -> dict[str, object]:
    """A member's answers under the names of the merged form; what the merged question can't hold is left out."""
    own = {
        name: places[0] for (of, name), places in form.places.items() if of == member and answers.get(name) is not None
    }
    return {place: answers[name] for name, place in own.items()}


def renamed(text: str | None, names: Mapping[str, Sequence[str]]) -> str | None:
    """A condition over other names; one that stands for several holds when one of them holds."""
    return str(_renamed(parse(text), names)) if text else None


def why_apart(a: FieldFact, b: FieldFact) -> str:
    """What makes two fields two, in Chinese; "" when nothing does."""
    if a.kind != b.kind:
        return said("填写方式不同")
    if a.shape != b.shape:
        return said("单位或者表格的列不同")
    if not _choices_fit(a.choices, b.choices):
        return said("选项不同")
    if a.element and b.element:
        return "" if a.element == b.element else said("是两个不同的数据元")
    if bare(a.label) and bare(b.label) and a.source != b.source and (a.name != b.name or (a.source and b.source)):
        return said("说的可能不是同一个人")
    return ""


def _groups(facts: Sequence[FieldFact], declared: Declared) -> list[list[FieldFact]]:
    """Those whose element is known find each other first, so that nothing merely similar can come between them."""
    groups: list[list[FieldFact]] = []
    for fact in sorted(facts, key=lambda each: not each.element):
        home = next((group for group in groups if _belongs(fact, group, declared)), None)
        if home is None:
            groups.append([fact])
        else:
            home.append(fact)
    place = {fact.address: number for number, fact in enumerate(facts)}
    told = [sorted(group, key=lambda fact: place[fact.address]) for group in groups]
    return sorted(told, key=lambda group: place[group[0].address])


def _belongs(fact: FieldFact, group: Sequence[FieldFact], declared: Declared) -> bool:
    """One reason to be the same with somebody of the group, and no reason against with anybody."""
    if any(other.member == fact.member or not _may_join(fact, other, declared) for other in group):
        return False
    return any(declared.one(fact.address, other.address) or _alike(fact, other) for other in group)


def _may_join(a: FieldFact, b: FieldFact, declared: Declared) -> bool:
    if declared.two(a.address, b.address):
        return False
    if declared.one(a.address, b.address):
        return a.kind == b.kind and a.shape == b.shape
    return not why_apart(a, b) and not _only_name(a, b)


def _alike(a: FieldFact, b: FieldFact) -> bool:
    if a.element and b.element:
        return a.element == b.element
    named, labelled = a.name == b.name, agree(a.label, b.label)
    sourced = bool(a.source) and a.source == b.source
    return named + labelled + sourced >= 2 or (plain(a.label) == plain(b.label) and not bare(a.label))


def _only_name(a: FieldFact, b: FieldFact) -> bool:
    """The same name for two things: 建设性质 and 工程类别 may both be called project_type."""
    return a.name == b.name and not _alike(a, b)


def _choices_fit(a: Sequence[str], b: Sequence[str]) -> bool:
    """At least half of the shorter list stands in the other."""
    if not a or not b:
        return bool(a) == bool(b)
    return 2 * len(set(a) & set(b)) >= min(len(a), len(b))


def _names(groups: Sequence[Sequence[FieldFact]]) -> list[str]:
    """The name of the first of each group; where several groups claim one, each gets its member's name added."""
    first = [group[0] for group in groups]
    claimed = [fact.name for group in groups for fact in {each.name: each for each in group}.values()]
    taken = {fact.name for fact in first if claimed.count(fact.name) == 1}
    names: list[str] = []
    for fact in first:
        name = fact.name if claimed.count(fact.name) == 1 else _free(f"{fact.name}_{_slug(fact.member)}", taken)
        taken.add(name)
        names.append(name)
    return names


def _free(name: str, taken: Collection[str]) -> str:
    candidates = [name[:LONGEST_NAME], *(f"{name[: LONGEST_NAME - 3]}_{n}" for n in range(2, 100))]
    return next(each for each in candidates if each not in taken)


def _slug(member: str) -> str:
    return member.replace("-", "_").replace(".", "_")


def _places(groups: Sequence[Sequence[FieldFact]], names: Sequence[str]) -> dict[tuple[str, str], tuple[str, ...]]:
    places: dict[tuple[str, str], tuple[str, ...]] = {}
    taken = set(names)
    for group, name in zip(groups, names, strict=True):
        union = _union(group)
        for fact in group:
            rest: tuple[str, ...] = ()
            if set(union) - set(fact.choices):
                rest = (_free(f"{name}_{_slug(fact.member)}", taken),)
                taken.update(rest)
            places[fact.member, fact.name] = (name, *rest)
    return places


def _union(group: Sequence[FieldFact]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(choice for fact in group for choice in fact.choices))


def _fields(
    group: Sequence[FieldFact],
    name: str,
    places: Mapping[tuple[str, str], tuple[str, ...]],
    given: Mapping[tuple[str, str], str],
) -> list[MergedField]:
    union = _union(group)
    needs = tuple(
        AskedBy(
            fact,
            fact.required,
            renamed(fact.show_if, _of_member(fact, places)),
            given.get((fact.member, fact.source), "") if fact.source else "",
        )
        for fact in group
    )
    found = [MergedField(name, needs, union)]
    for need in needs:
        rest = places[need.fact.member, need.fact.name][1:]
        if rest:
            lacks = tuple(choice for choice in union if choice not in need.fact.choices)
            again = str(OneOf(name, lacks))
            shown = f"({need.show_if}) and ({again})" if need.show_if else again
            found.append(
                MergedField(rest[0], (AskedBy(need.fact, need.required, shown, need.given),), need.fact.choices, name)
            )
    return found


def _of_member(fact: FieldFact, places: Mapping[tuple[str, str], tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {name: found for (member, name), found in places.items() if member == fact.member}


def _renamed(condition: Condition, names: Mapping[str, Sequence[str]]) -> Condition:
    match condition:
        case Equals(field=name, value=value):
            return _either([Equals(each, value) for each in names.get(name, (name,))])
        case OneOf(field=name, values=values):
            return _either([OneOf(each, values) for each in names.get(name, (name,))])
        case Differs(field=name, value=value):
            return Every(tuple(Differs(each, value) for each in names.get(name, (name,))))
        case Not(part=part):
            return Not(_renamed(part, names))
        case Every(parts=parts):
            return Every(tuple(_renamed(part, names) for part in parts))
        case Either(parts=parts):
            return Either(tuple(_renamed(part, names) for part in parts))
    return condition


def _either(parts: Sequence[Condition]) -> Condition:
    return parts[0] if len(parts) == 1 else Either(tuple(parts))


def _of(merged: MergedField, taking_part: Collection[str] | None) -> MergedField:
    if taking_part is None:
        return merged
    needs = tuple(need for need in merged.needs if need.fact.member in taking_part)
    return MergedField(merged.name, needs, merged.choices, merged.rest_of)


def _required(merged: MergedField, known: Mapping[str, object]) -> bool:
    return any(need.required and (need.show_if is None or parse(need.show_if).holds(known)) for need in merged.asking)


def _takes(fact: FieldFact, value: object) -> bool:
    """May this member's field hold the value: are the choices its own?"""
    if not fact.choices:
        return True
    told = value if isinstance(value, (list, tuple)) else [value]
    return all(each in fact.choices for each in told)


def _conflicts(groups: Sequence[Sequence[FieldFact]], declared: Declared) -> Iterable[Conflict]:
    """Pairs of groups that share a name or a label, each once."""
    for one, other in combinations(groups, 2):
        pair = next(((a, b) for a in one for b in other if _seem(a, b) and a.member != b.member), None)
        if pair is not None and not declared.two(pair[0].address, pair[1].address):
            a, b = pair
            yield Conflict(pair, why_apart(a, b) or _why_two(a, b))


def _why_two(a: FieldFact, b: FieldFact) -> str:
    if plain(a.label) == plain(b.label):
        return said("标签相同，但已经各自和别的字段合并")
    return said("名称相同而标签不同（{labels}）", labels=several([a.label, b.label]))


def _seem(a: FieldFact, b: FieldFact) -> bool:
    return a.name == b.name or plain(a.label) == plain(b.label)
