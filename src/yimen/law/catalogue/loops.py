"""Proofs that need one another across items (rule 16, 循环证明). Rule in words: docs/rules/catalogue.md

Items ask for things (a licence kind, a proof by its name), and give things. A loop is sure when nobody can begin: every
item in it must have a thing that only items of the loop give. It is possible when some way out exists: the material is
optional, tolerated, asked in some situations only, replaced by a declaration, or given by an item outside too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from yimen.law.said import said, several

from .finding import Finding, Hit, Severity
from .graph import knots, way_round
from .materials import PROOF
from .naming import either, known_as, parts
from .registry import weighed
from .shapes import Edition, Material

DECLARED = "告知承诺"
REQUIRED = "必要"


@dataclass(frozen=True, slots=True)
class Asked:
    """A thing that an item asks for. must: there is no way around it."""

    thing: str
    place: str
    name: str
    must: bool
    proof: bool


@dataclass(slots=True)
class Desk:
    """An item, by what it asks for and gives."""

    slug: str
    name: str
    asks: list[Asked] = field(default_factory=list)
    gives: set[str] = field(default_factory=set)


def loops(
    documents: Iterable[Edition],
    *,
    severities: Mapping[str, Severity] | None = None,
    licences: Mapping[str, str] | None = None,
) -> list[Finding]:
    """One finding for each item of each loop, told from that item on; sure ones first.

    licences: the names of licence kinds by code, so that one asked for by code and given by name is the same thing.
    """
    return found_loops([desk(each, licences) for each in documents], severities=severities)


def desk(document: Edition, licences: Mapping[str, str] | None = None) -> Desk:
    """What an edition asks for and gives; small, so that many can be kept."""
    kinds = licences or {}
    gives = {_kind(each.licence_type, kinds) for each in document.results if each.licence_type}
    gives |= {known_as(each.name) for each in document.results}
    made = Desk(document.slug, document.name, gives=gives)
    for number, material in enumerate(document.materials):
        must = material.necessity == REQUIRED and not material.show_if and material.exempt_when != DECLARED
        for thing in _things(material, kinds):
            asked = Asked(
                thing,
                f"materials[{number}]",
                material.name,
                must and not either(material.name),
                material.kind == PROOF,
            )
            made.asks.append(asked)
    return made


def found_loops(desks: list[Desk], *, severities: Mapping[str, Severity] | None = None) -> list[Finding]:
    """The loops among items that were read before."""
    firsts = _first_givers(desks)
    stuck, had = _stuck(desks, firsts)
    locked = {thing: givers for thing, givers in firsts.items() if thing not in had}
    sure = _told([each for each in desks if each.slug in stuck], locked, must=True)
    told = {hit.slug for hit in sure}
    possible = [hit for hit in _told(desks, firsts, must=False) if hit.slug not in told]
    return weighed(iter([*sure, *possible]), severities or {})


def _things(material: Material, kinds: Mapping[str, str]) -> list[str]:
    """What a material is made of: a licence kind, or all that its name lists."""
    listed = list(parts(material.name))
    if not material.licence_type:
        return listed
    kind = _kind(material.licence_type, kinds)
    return [kind, *listed[1:]] if len(listed) == 1 else list(dict.fromkeys([kind, *listed]))


def _kind(code: str, kinds: Mapping[str, str]) -> str:
    return known_as(kinds[code]) if code in kinds else code


def _first_givers(desks: Iterable[Desk]) -> dict[str, set[str]]:
    """Thing → the items that give it to people who don't have one yet.

    An item that asks for the same licence renews, changes or cancels it. A proof of itself is a loop, though.
    """
    givers: dict[str, set[str]] = defaultdict(set)
    for each in desks:
        own = {asked.thing for asked in each.asks if not asked.proof}
        for thing in each.gives - own:
            givers[thing].add(each.slug)
    return givers


def _stuck(desks: Iterable[Desk], firsts: Mapping[str, set[str]]) -> tuple[set[str], set[str]]:
    """The items that can never be begun, as such items alone give what they must have; and what can be had."""
    missing: dict[str, int] = {}
    needed_by: dict[str, list[str]] = defaultdict(list)
    gives: dict[str, set[str]] = {}
    for each in desks:
        must = {asked.thing for asked in each.asks if asked.must and asked.thing in firsts}
        missing[each.slug], gives[each.slug] = len(must), each.gives
        for thing in must:
            needed_by[thing].append(each.slug)
    ready = [slug for slug, count in missing.items() if not count]
    had: set[str] = set()
    while ready:
        fresh = {thing for thing in gives[ready.pop()] if thing not in had}
        had |= fresh
        for slug in (slug for thing in fresh for slug in needed_by.get(thing, ())):
            missing[slug] -= 1
            if not missing[slug]:
                ready.append(slug)
    return {slug for slug, count in missing.items() if count}, had


def _told(desks: Iterable[Desk], firsts: Mapping[str, set[str]], *, must: bool) -> list[Hit]:
    """Loops among items, told. Items and things are both nodes, so that many items with one thing stay few edges."""
    chosen = {each.slug: each for each in desks}
    graph: dict[str, list[str]] = {}
    for slug, each in chosen.items():
        things = sorted({asked.thing for asked in each.asks if asked.thing in firsts and (asked.must or not must)})
        graph[_item(slug)] = [_thing(thing) for thing in things]
        for thing in things:
            if _thing(thing) not in graph:  # many items ask for the same, and many give it
                graph[_thing(thing)] = [_item(giver) for giver in sorted(firsts[thing]) if giver in chosen]
    hits = []
    for knot in knots(graph):
        within, ways = frozenset(knot), _Ways(graph, chosen)
        hits += [_hit(chosen, ways.round(node, within), must=must) for node in knot if node.startswith("i:")]
    return hits


class _Ways:
    """Ways round; items that ask for and give the same share one, or a large catalogue would take hours."""

    def __init__(self, graph: Mapping[str, list[str]], desks: Mapping[str, Desk]) -> None:
        self.graph, self.desks = graph, desks
        self.known: dict[tuple[object, ...], list[str]] = {}

    def round(self, node: str, within: frozenset[str]) -> list[str]:
        """The way round from an item, beginning with it."""
        alike = (tuple(self.graph[node]), frozenset(self.desks[node[2:]].gives))
        if alike not in self.known:
            self.known[alike] = way_round(self.graph, node, within)
        return [node, *self.known[alike][1:]]


def _hit(desks: Mapping[str, Desk], way: list[str], *, must: bool) -> Hit:
    """办“甲”要“子”（由“乙”办出），办“乙”要“丑”（由“甲”办出）."""
    items = [node[2:] for node in way[::2]]
    legs = []
    for place, slug in enumerate(items):
        asked = _asked(desks[slug], way[2 * place + 1][2:])
        giver = desks[items[(place + 1) % len(items)]]
        legs.append(
            said("办“{item}”要“{thing}”，由“{giver}”办出", item=desks[slug].name, thing=asked.name, giver=giver.name)
        )
    first = _asked(desks[items[0]], way[1][2:])
    sentence = said(
        "可能循环证明：{way}。有一环可以不交或者另有来路：确属前后不同阶段的可以保留，否则应当理顺。",
        way=several(legs, "；"),
    )
    if must:
        sentence = said("循环证明：{way}。谁也无法先办。", way=several(legs, "；"))
    remedy = "取消其中一份材料，或者改为数据核对、告知承诺。"
    rule = "proof_loop" if must else "proof_loop_possible"
    return Hit(rule, first.place, sentence, remedy, first.name, slug=items[0])


def _asked(asking: Desk, thing: str) -> Asked:
    """The material for a thing: one that must be there before one that needn't."""
    fitting = [each for each in asking.asks if each.thing == thing]
    return sorted(fitting, key=lambda each: not each.must)[0]


def _item(slug: str) -> str:
    return f"i:{slug}"


def _thing(name: str) -> str:
    return f"t:{name}"
