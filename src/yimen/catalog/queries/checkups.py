"""The catalogue's health by agency, rule and item, from the findings that are kept; one statement each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from sys import intern
from typing import Any

from django.db.models import QuerySet

from yimen.catalog.choices import EditionDocument
from yimen.catalog.models import Checkup, Edition
from yimen.catalog.queries.editions import all_current
from yimen.catalog.queries.linting import Lens, lens, severities
from yimen.catalog.queries.slim import slim
from yimen.law.catalogue import RULES, Asked, Desk, Finding, Rule, Severity, found_loops
from yimen.law.said import unpacked as said_again


@dataclass
class AgencyHealth:
    """How an agency's items stand. faulty: items with an error; clean: items without any finding."""

    pk: int
    code: str
    name: str
    items: int = 0
    faulty: int = 0
    clean: int = 0
    errors: int = 0
    warnings: int = 0


@dataclass
class RuleHealth:
    """How often a rule is broken, and in how many items."""

    rule: Rule
    severity: Severity
    findings: int = 0
    items: int = 0


@dataclass
class Health:
    """All agencies that somebody may see, and all rules that are broken there."""

    agencies: list[AgencyHealth] = field(default_factory=list)
    rules: list[RuleHealth] = field(default_factory=list)
    waiting: int = 0

    @property
    def items(self) -> int:
        """Items looked at."""
        return sum(each.items for each in self.agencies)

    @property
    def faulty(self) -> int:
        """Items that couldn't be released as they are."""
        return sum(each.faulty for each in self.agencies)

    @property
    def clean(self) -> int:
        """Items without any finding."""
        return sum(each.clean for each in self.agencies)

    @property
    def errors(self) -> int:
        """Findings that keep from release."""
        return sum(each.errors for each in self.agencies)

    @property
    def warnings(self) -> int:
        """Findings to be mended over time."""
        return sum(each.warnings for each in self.agencies)


AGENCY = ("edition__item__agency", "edition__item__agency__code", "edition__item__agency__name")


def health(agencies: Collection[int] | None, *, agency: int | None = None, rule: str = "") -> Health:
    """The figures of the agencies somebody may see (None: all), perhaps of one of them, perhaps of one rule alone."""
    weights, by_agency, by_rule = severities(), dict[int, AgencyHealth](), Counter[str]()
    broken: Counter[str] = Counter()
    for pk, code, name, counts in _seen(agencies, agency).values_list(*AGENCY, "counts"):
        told = by_agency.setdefault(pk, AgencyHealth(pk, code, name))
        by_rule.update(counts)
        broken.update(counts.keys())
        _add(told, {each: n for each, n in counts.items() if rule in ("", each)}, weights)
    rules = [RuleHealth(RULES[code], weights[code], by_rule[code], broken[code]) for code in RULES if by_rule[code]]
    rules.sort(key=lambda each: (each.severity is not Severity.ERROR, -each.findings))
    found = sorted(by_agency.values(), key=lambda each: (-each.errors, -each.warnings, each.code))
    return Health(found, rules, waiting(agencies))


def waiting(agencies: Collection[int] | None) -> int:
    """How many current items haven't been looked at yet; the worker does it within a minute."""
    rows = all_current() if agencies is None else all_current().filter(item__agency__in=agencies)
    return rows.filter(checkup=None).count()


def items(
    agencies: Collection[int] | None, *, agency: int | None = None, rule: str = "", stopping: bool = False
) -> QuerySet[Checkup]:
    """Items with findings, for a list by page: of an agency, of a rule, only with errors."""
    rows = _seen(agencies, agency).exclude(counts={})
    if rule:
        rows = rows.filter(counts__has_key=rule)
    if stopping:
        rows = rows.filter(errors__gt=0)
    return rows.select_related("edition__item__agency").defer("ties", "edition__document")


def of_item(edition: Edition, with_: Lens | None = None) -> list[Finding]:
    """What is wrong with one current edition, proof loops with it; errors first."""
    document = EditionDocument.model_validate(edition.document)
    found = (with_ or lens()).look(edition, document)
    kept = Checkup.objects.filter(edition=edition).values_list("loops", flat=True).first() or []
    return sorted([*found, *(loop(each) for each in kept)], key=lambda each: not each.stops)


def loop(kept: Mapping[str, Any]) -> Finding:
    """A proof loop as it was kept."""
    told = {"sentence": said_again(kept["said"])} if "said" in kept else {}
    facts = {**kept, "marks": (), "severity": Severity(kept["severity"]), **told}
    facts.pop("said", None)
    return Finding(**facts)


def all_findings(
    agencies: Collection[int] | None, *, agency: int | None = None, rule: str = ""
) -> Iterator[tuple[Edition, Finding]]:
    """Every finding with its edition, streamed, for a file; by agency and item."""
    used = lens()
    rows = all_current().select_related("checkup").defer("checkup__ties").prefetch_related("passages")
    if agencies is not None:
        rows = rows.filter(item__agency__in=agencies)
    if agency is not None:
        rows = rows.filter(item__agency=agency)
    if rule:
        rows = rows.filter(checkup__counts__has_key=rule)
    for edition, document in slim(rows.order_by("item__agency__code", "item__slug")):
        kept = edition.checkup.loops if hasattr(edition, "checkup") else []
        for found in [*used.look(edition, document), *(loop(each) for each in kept)]:
            if rule in ("", found.rule):
                yield edition, found


def loops_through(document: EditionDocument, with_: Lens | None = None) -> list[Finding]:
    """The proof loops that an edition would make with everybody else's, before it is released.

    Only what it leads to is read: whoever gives what it asks for, whoever gives what they ask for, and so on.
    """
    used = with_ or lens()
    own = used.desk(document)
    known, wanted = {own.slug: own}, {asked.thing for asked in own.asks}
    asked_for: set[str] = set()
    while wanted:
        asked_for |= wanted
        givers = Checkup.objects.filter(ties__gives__has_any_keys=sorted(wanted)).exclude(ties__slug__in=list(known))
        found = [unpacked(ties) for ties in givers.values_list("ties", flat=True)]
        known |= {each.slug: each for each in found}
        wanted = {asked.thing for each in found for asked in each.asks} - asked_for
    told = found_loops(list(known.values()), severities=used.severities)
    return [each for each in told if each.slug == document.slug]


def packed(tied: Desk) -> dict[str, Any]:
    """What an item asks for and gives, as it is kept."""
    asks = [[each.thing, each.place, each.name, each.must, each.proof] for each in tied.asks]
    return {"slug": tied.slug, "name": tied.name, "asks": asks, "gives": sorted(tied.gives)}


def unpacked(ties: Mapping[str, Any]) -> Desk:
    """The same, read again; words that many items share are kept once."""
    asks = [Asked(intern(thing), intern(place), intern(name), *more) for thing, place, name, *more in ties["asks"]]
    return Desk(ties["slug"], ties["name"], asks, {intern(thing) for thing in ties["gives"]})


def _seen(agencies: Collection[int] | None, agency: int | None) -> QuerySet[Checkup]:
    rows = Checkup.objects.all()
    if agencies is not None:
        rows = rows.filter(edition__item__agency__in=agencies)
    return rows if agency is None else rows.filter(edition__item__agency=agency)


def _add(told: AgencyHealth, counts: dict[str, int], weights: dict[str, Severity]) -> None:
    errors = sum(n for rule, n in counts.items() if weights[rule] is Severity.ERROR)
    told.items += 1
    told.errors += errors
    told.warnings += sum(n for rule, n in counts.items() if weights[rule] is Severity.WARNING)
    told.faulty += errors > 0
    told.clean += not counts
