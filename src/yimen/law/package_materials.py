"""One list of materials for several items: each thing is asked for once. Rule in words: docs/rules/packages.md"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from .completeness import MaterialNeed, Necessity
from .conditions import parse
from .package_fields import NOTHING, Declared, renamed
from .package_words import holders, likeness, plain, within

LONGEST_KEY = 40
SURE, WITH_LICENCE = 0.85, 0.75
"""How much of a shared material's name must stand in another's; less where the licence kind is the same, too."""

STRICTNESS = (Necessity.REQUIRED, Necessity.DEFERRABLE, Necessity.OPTIONAL)
FORM = "申请表格"


@dataclass(frozen=True, slots=True)
class MaterialFact:
    """A material as one member asks for it. licence: the licence kind that can stand in for it; kind: 申请表格, …"""

    member: str
    key: str
    name: str
    kind: str = "其他"
    licence: str = ""
    necessity: Necessity = Necessity.REQUIRED
    show_if: str | None = None

    @property
    def address(self) -> str:
        """How an author names it: member.key."""
        return f"{self.member}.{self.key}"


@dataclass(frozen=True, slots=True)
class WantedBy:
    """A member's demand; show_if: in the merged form's names; given: by an earlier member, whose result it is."""

    fact: MaterialFact
    show_if: str | None
    given: str = ""


@dataclass(frozen=True, slots=True)
class MergedMaterial:
    """A material of the merged list and whom it serves. name: as the package calls it, else as its members do."""

    key: str
    name: str
    needs: tuple[WantedBy, ...]

    @property
    def members(self) -> tuple[str, ...]:
        """Whom it serves."""
        return tuple(dict.fromkeys(need.fact.member for need in self.needs))

    @property
    def given(self) -> str:
        """The member whose result it is for all who want it, "" when somebody must hand it in."""
        makers = {need.given for need in self.needs}
        return makers.pop() if len(makers) == 1 else ""

    @property
    def licence(self) -> str:
        """The licence kind that can stand in for it."""
        return next((need.fact.licence for need in self.needs if need.fact.licence), "")


@dataclass(frozen=True, slots=True)
class Shared:
    """What the package says is one: names of materials, kinds of licences, and groups of member.key."""

    names: tuple[str, ...] = ()
    licences: tuple[str, ...] = ()
    declared: Declared = NOTHING


def merge_materials(
    facts: Sequence[MaterialFact],
    shared: Shared,
    *,
    field_names: Mapping[str, Mapping[str, Sequence[str]]] | None = None,
    given: Mapping[tuple[str, str], str] | None = None,
) -> list[MergedMaterial]:
    """The merged list, in the order of first mention.

    field_names: for each member, where its fields went in the merged form (its conditions speak of them);
    given: {(member, licence kind): the earlier member whose result that is}.
    """
    groups: list[list[MaterialFact]] = []
    for fact in facts:
        home = next((group for group in groups if _belongs(fact, group, shared)), None)
        if home is None:
            groups.append([fact])
        else:
            home.append(fact)
    names, makers = field_names or {}, given or {}
    taken: set[str] = set()
    return [
        MergedMaterial(
            _key(group[0], taken),
            _name(group, shared),
            tuple(
                WantedBy(
                    fact, renamed(fact.show_if, names.get(fact.member, {})), makers.get((fact.member, fact.licence), "")
                )
                for fact in group
            ),
        )
        for group in groups
    ]


def material_needs(
    materials: Sequence[MergedMaterial], known: Mapping[str, object], taking_part: Collection[str] | None = None
) -> list[MaterialNeed]:
    """The materials that are asked for now, each as strictly as the strictest member whose condition holds.

    known: the answers that count. What an earlier member gives is asked for by nobody who waits for it.
    """
    found = []
    for each in materials:
        now = [need.fact.necessity for need in wanted_now(each, known, taking_part)]
        if now:
            found.append(MaterialNeed(each.key, each.name, min(now, key=STRICTNESS.index)))
    return found


def wanted_now(
    material: MergedMaterial, known: Mapping[str, object], taking_part: Collection[str] | None = None
) -> list[WantedBy]:
    """Who wants it from the applicant, given the answers."""
    return [
        need
        for need in material.needs
        if not need.given
        and (taking_part is None or need.fact.member in taking_part)
        and (need.show_if is None or parse(need.show_if).holds(known))
    ]


def _belongs(fact: MaterialFact, group: Sequence[MaterialFact], shared: Shared) -> bool:
    if any(_two(fact, other, shared) for other in group):
        return False
    return any(_one(fact, other, shared) for other in group)


def _two(a: MaterialFact, b: MaterialFact, shared: Shared) -> bool:
    """Of one item two materials are two; so are two kinds of licence; an application form is its item's own."""
    if shared.declared.two(a.address, b.address) or a.member == b.member:
        return True
    if shared.declared.one(a.address, b.address):
        return False
    if bool(a.licence) and bool(b.licence) and a.licence != b.licence:
        return True
    return FORM in (a.kind, b.kind)


def _one(a: MaterialFact, b: MaterialFact, shared: Shared) -> bool:
    if shared.declared.one(a.address, b.address):
        return True
    if plain(a.name, asides=True) == plain(b.name, asides=True):
        return True
    entry = _entry(a, shared)
    if entry and entry == _entry(b, shared):
        return True
    known = bool(a.licence) and a.licence == b.licence and (not shared.licences or a.licence in shared.licences)
    return known and holders(a.name) == holders(b.name)


def _entry(fact: MaterialFact, shared: Shared) -> str:
    """The shared material that it is, as far as its name tells: the one that it is most like, "" for none."""
    known = bool(fact.licence) and fact.licence in shared.licences
    enough = WITH_LICENCE if known else SURE
    found = [(likeness(name, fact.name), name) for name in shared.names]
    found += [(1.0, name) for name in shared.names if known and within(fact.name, name)]
    best = max(found, default=(0.0, ""))
    return best[1] if best[0] >= enough else ""


def _name(group: Sequence[MaterialFact], shared: Shared) -> str:
    """Of one member its own; of several the package's word, else the shortest, the first among equals."""
    entry = next((found for fact in group if (found := _entry(fact, shared))), "") if len(group) > 1 else ""
    return entry or min((fact.name for fact in group), key=len)


def _key(first: MaterialFact, taken: set[str]) -> str:
    """Stable while the first that asks for it stays: member and key, at most 40 signs."""
    tail = f"_{first.key}"
    stem = own_key(first).removesuffix(tail)
    key = next(
        each
        for each in [stem + tail, *(f"{stem[: LONGEST_KEY - len(tail) - 3]}_{n}{tail}" for n in range(2, 100))]
        if each not in taken
    )
    taken.add(key)
    return key


def own_key(fact: MaterialFact) -> str:
    """The key of a merged material that it is the first to ask for, where no other bears it already."""
    tail = f"_{fact.key}"
    return fact.member.replace("-", "_")[: LONGEST_KEY - len(tail)] + tail
