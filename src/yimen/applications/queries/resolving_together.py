"""How each material of a package's one list is met, and why: every item's own list resolved, then put together.

The same facts and the same law as for a single item, so that what the package says is what each item's own
application finds when it is begun.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from yimen.applications.choices import Presented, Stage
from yimen.applications.models import PackageApplication, PackagePaper, PackagePart
from yimen.applications.queries import holdings
from yimen.applications.queries.holdings import WAYS, Limits
from yimen.applications.queries.parts import assembly_of, package_papers, part_open, parts_of, refused_papers
from yimen.applications.queries.reading import field_needs
from yimen.applications.queries.resolving import BY_THEMSELVES, demands_of, resolutions
from yimen.catalog.queries.packaging.ruling import broken_rules
from yimen.kit.commands import read_once
from yimen.kit.time import day_of
from yimen.law import resolution_words as words
from yimen.law.completeness import Missing, answers_that_count, missing
from yimen.law.package_resolution import MergedResolution, together
from yimen.law.resolution import HandedIn, Holdings, Resolution, Situation, Trust, Way, may_repeat, repeats, resolve
from yimen.sheets.queries import broken_signatures

if TYPE_CHECKING:
    from yimen.catalog.choices import EditionDocument
    from yimen.catalog.queries.packaging import Assembly, Taken


@dataclass(frozen=True)
class _Facts:
    """What counts for all items alike. there: what the city has; here, gone: handed in for the package, taken back."""

    at: datetime
    there: Holdings
    limits: Limits
    here: Sequence[PackagePaper]
    gone: Sequence[PackagePaper]


def package_resolutions(application: PackageApplication, at: datetime) -> list[MergedResolution]:
    """For every material of the merged list that the applicant may have to see to, how it is met.

    An item whose own application is begun says so itself; one that is sent wants nothing any more.
    """
    return read_once(f"applications.resolved_together:{application.pk}", lambda: _resolutions(application, at))


def package_resolution_of(application: PackageApplication, key: str, at: datetime) -> MergedResolution | None:
    """One of them."""
    return next((each for each in package_resolutions(application, at) if each.key == key), None)


def package_lacking(application: PackageApplication, at: datetime | None = None) -> list[Missing]:
    """What is still to be done before the items' own applications: fields, rules between them, materials.

    What is left to a letter that each office words for itself (告知承诺) is signed there. at: as for `lacking`.
    """
    return [*package_lacking_fields(application), *_lacking_materials(application, at or application.saved_at)]


def package_lacking_fields(application: PackageApplication) -> list[Missing]:
    """The required fields of the merged form that are blank, rules between them that do not hold, stale signatures.

    An item whose own application is begun judges its rules and signatures itself. No statement but for the members.
    """
    assembly, answers = assembly_of(application), application.answers
    begun = {part.item.slug for part in parts_of(application) if part_open(part)}
    blank = missing(fields=assembly.field_needs(answers), materials=(), answers=answers, documents=())
    return [*blank, *broken_rules(assembly, answers, but=begun), *_stale_signatures(assembly, answers, begun)]


def _stale_signatures(assembly: Assembly, answers: Mapping[str, Any], begun: Collection[str]) -> list[Missing]:
    asking = {merged.name: set(merged.members) for merged in assembly.form.fields}
    stale = broken_signatures(assembly.sheet(answers), answers)
    return [each for each in stale if asking[each.key] - set(begun)]


def package_owed(application: PackageApplication, at: datetime | None = None) -> list[Missing]:
    """What was promised for later."""
    found = package_resolutions(application, at or application.saved_at)
    return [
        Missing("material", each.key, words.lack("tolerated", each.name))
        for each in found
        if each.met and any(own.met and own.way is Way.TOLERATED for _slug, own in each.members)
    ]


def foreseen_together(assembly: Assembly, subjects: Sequence[int], at: datetime) -> list[MergedResolution]:
    """How each material would be met if one of these people began now, before any answer: by what the city has."""
    wanted = {member.slug: demands_of(member.document) for member in assembly.members}
    kinds = [each.licence for some in wanted.values() for each in some if each.licence]
    facts = holdings.at_hand(subjects, [member.edition.item_id for member in assembly.members], kinds, at)
    own = {slug: resolve(some, Situation(item=slug, today=day_of(at)), facts) for slug, some in wanted.items()}
    return _merged(assembly, own)


def package_counts(found: Sequence[MergedResolution]) -> tuple[int, int]:
    """How many materials the package calls for, and how many of them are here without being handed in."""
    asked = [each for each in found if each.asked and (each.required or each.met)]
    return len(asked), sum(each.met and each.way in BY_THEMSELVES for each in asked)


def _lacking_materials(application: PackageApplication, at: datetime) -> list[Missing]:
    return [
        Missing("material", each.key, words.lack(each.way.value, each.name, _lost(each)))
        for each in package_resolutions(application, at)
        if each.lacks and not each.item_by_item
    ]


def _lost(found: MergedResolution) -> str:
    lost = any(own.lost for _slug, own in found.wanting)
    return found.hints[0] if lost and found.hints else ""


def _resolutions(application: PackageApplication, at: datetime) -> list[MergedResolution]:
    assembly, parts = assembly_of(application), {part.item.slug: part for part in parts_of(application)}
    waiting = [member for member in assembly.members if not part_open(parts[member.slug])]
    facts = _facts(application, waiting, at) if waiting else None
    own: dict[str, list[Resolution]] = {}
    for member in assembly.members:
        if member in waiting and facts is not None:
            own[member.slug] = _of_member(application, assembly, member, facts)
        else:
            own[member.slug] = _of_part(parts[member.slug], at)
    return _merged(assembly, own)


def _merged(assembly: Assembly, own: Mapping[str, Sequence[Resolution]]) -> list[MergedResolution]:
    """What an earlier item gives is asked of nobody."""
    found = {slug: {each.key: each for each in some} for slug, some in own.items()}
    return [
        together(
            merged.key,
            merged.name,
            [
                (need.fact.member, found[need.fact.member][need.fact.key])
                for need in merged.needs
                if not need.given and need.fact.key in found[need.fact.member]
            ],
        )
        for merged in assembly.materials
        if not merged.given
    ]


def _of_part(part: PackagePart, at: datetime) -> list[Resolution]:
    if part.application is None or part.application.stage == Stage.SUBMITTED:
        return []
    return resolutions(part.application, at)


def _of_member(application: PackageApplication, assembly: Assembly, member: Taken, facts: _Facts) -> list[Resolution]:
    keys = assembly.keys_of(member.slug)
    here = [_handed_in(each, keys[each.material]) for each in facts.here if each.material in keys]
    there = facts.there
    return resolve(
        demands_of(member.document),
        _situation(application, assembly, member, facts),
        Holdings(there.licences, there.services, there.earlier, here),
    )


def _situation(application: PackageApplication, assembly: Assembly, member: Taken, facts: _Facts) -> Situation:
    """As the item's own application would be: its own names, its own limits."""
    keys, document = assembly.keys_of(member.slug), member.document
    return Situation(
        item=member.slug,
        today=day_of(facts.at),
        answers=answers_that_count(field_needs(document), assembly.answers_of(member.slug, application.answers)),
        eligible=facts.limits.eligible,
        consent=facts.limits.consent,
        tolerance_until=_promise_until(document, facts),
        refused=frozenset(
            (keys[each.material], WAYS[Presented(each.presented)], each.licence_id or each.repeats_id or 0)
            for each in facts.gone
            if each.material in keys
        ),
    )


def earlier_for(application: PackageApplication, key: str, at: datetime) -> list[int]:
    """The earlier papers (the first document of each) that the items which still want a material would use again."""
    assembly, found = assembly_of(application), package_resolution_of(application, key, at)
    waiting = {slug: each for slug, each in found.members if not each.met} if found else {}
    members = [member for member in assembly.members if member.slug in waiting]
    if not members:
        return []
    facts = _facts(application, members, at)
    refs = [_best_again(application, assembly, member, waiting[member.slug].key, facts) for member in members]
    return list(dict.fromkeys(ref for ref in refs if ref is not None))


def _best_again(
    application: PackageApplication, assembly: Assembly, member: Taken, key: str, facts: _Facts
) -> int | None:
    situation = _situation(application, assembly, member, facts)
    demand = next(each for each in demands_of(member.document) if each.key == key)
    papers = [each for each in facts.there.earlier if repeats(demand, each, situation)]
    allowed = [each for each in papers if may_repeat(each, situation)]
    return holdings.best(allowed, member.slug).ref if allowed else None


def _promise_until(document: EditionDocument, facts: _Facts) -> date | None:
    return holdings.promise_until(document, facts.at) if facts.limits.promising else None


def _facts(application: PackageApplication, members: Sequence[Taken], at: datetime) -> _Facts:
    demands = [each for member in members for each in demands_of(member.document)]
    items = [member.edition.item_id for member in members]
    here = package_papers(application)
    there = holdings.elsewhere(application, demands, holdings.papers_of(application.subject_id, items), at)
    known = {each.ref for each in there.licences}
    shown = {
        each.licence_id: holdings.held(each.licence, each, of=holdings.own(each.licence, application.subject_id))
        for each in here
        if each.licence
    }
    return _Facts(
        at=at,
        there=Holdings(
            [*there.licences, *(each for pk, each in shown.items() if pk not in known)], there.services, there.earlier
        ),
        limits=holdings.limits_of(application.subject_id, demands, at),
        here=here,
        gone=refused_papers(application),
    )


def _handed_in(paper: PackagePaper, key: str) -> HandedIn:
    """A paper of the package, as one item's own. A promise runs to the day that the item's own limits give."""
    return HandedIn(
        ref=paper.pk, material=key, way=WAYS.get(Presented(paper.presented), Way.HANDED_IN),
        on=day_of(paper.handed_in_at), trust=Trust(paper.trust), holding=paper.licence_id or paper.repeats_id,
    )  # fmt: skip
