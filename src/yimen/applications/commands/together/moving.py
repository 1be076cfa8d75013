"""Papers of a package under a changed situation: each follows every item that it serves, and waits for one that left.

What waits stands under a key that the list does not have now: it is neither shown nor counted, and nobody has taken
it back. It is there again by itself when its item returns.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from yimen.applications.models import PackageApplication, PackagePaper
from yimen.applications.queries.together import assembly_of
from yimen.catalog.queries.packaging import Assembly
from yimen.law.package_materials import own_key

_Place = tuple[object, ...]


def move_papers(application: PackageApplication, before: Assembly, after: Assembly) -> None:
    """What was handed in, and what was declined, to wherever the materials stand now that it was said of."""
    there: set[_Place] = set()
    for paper in application.papers.order_by("id"):
        free = [key for key in _places(paper.material, before, after) if _place(paper, key) not in there]
        there.update(_place(paper, key) for key in free)
        _put(paper, free)


def take_back(application: PackageApplication, papers: Iterable[PackagePaper], at: datetime) -> None:
    """The person does not want them any more: nor do they come back with an item that takes no part now."""
    assembly = assembly_of(application)
    waiting = [each for each in application.papers.filter(removed_at=None) if assembly.material(each.material) is None]
    gone = list(papers)
    same = {_place(each, "") for each in gone}
    rows = {each.pk for each in gone} | {each.pk for each in waiting if _place(each, "") in same}
    application.papers.filter(pk__in=rows).update(removed_at=at)


def _put(paper: PackagePaper, keys: list[str]) -> None:
    """At the first of these places, copies of the row at the others; where its like is everywhere, it is one too many.

    Its like was made of it, when items that had shared it parted: file, day and hand are the same.
    """
    if not keys:
        paper.delete()
        return
    first, *more = keys
    if first != paper.material:
        paper.material = first
        paper.save(update_fields=["material"])
    for key in more:
        paper.pk, paper.material, paper._state.adding = None, key, True
        paper.save()


def _place(paper: PackagePaper, key: str) -> _Place:
    """What it is, and where."""
    what = (paper.presented, paper.file_id, paper.licence_id, paper.repeats_id, paper.note)
    return (key, *what, paper.handed_in_at, paper.handed_in_by_id, paper.removed_at)


def _places(key: str, before: Assembly, after: Assembly) -> list[str]:
    """Where the items' materials behind a key of the merged list stand now, then where those wait that none has now.

    A key of a still older list is that of the material that waits under it.
    """
    old = before.material(key)
    asked = {need.fact.address: own_key(need.fact) for need in old.needs} if old else {}
    now = {need.fact.address: (merged.key, own_key(need.fact)) for merged in after.materials for need in merged.needs}
    if not old:
        return list(dict.fromkeys(merged for merged, own in now.values() if own == key)) or [key]
    here = [merged for address, (merged, _own) in now.items() if address in asked]
    return list(dict.fromkeys([*here, *(own for address, own in asked.items() if address not in now)]))
