"""Several items that somebody chose freely, put together like a package (一表通): one form, one list of materials.

The document is made from the choice alone, so the same choice is the same document; nobody writes or approves it, for
it says nothing that its items don't say.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from hashlib import sha256

from django.utils.translation import gettext_noop

from yimen.catalog.choices import Necessity, PackageDocument
from yimen.catalog.models import Edition, PackageEdition
from yimen.catalog.queries.packaging.assembling import Taken, assemble
from yimen.catalog.queries.packaging.resolving import Resolution, current_editions
from yimen.kit.errors import Refusal
from yimen.law.package_order import Chosen, waits
from yimen.law.said import said

FEWEST, MOST = 2, 8
"""One item is applied for by itself; a form for very many helps nobody."""

NATURAL = "自然人"
EVENT = gettext_noop("自选事项")


class NotTogether(Refusal):
    """A choice that can't be put together; the sentence says why."""

    code = "items_not_together"
    sentence = "这些事项不能一起办。"
    status = 422


@dataclass(frozen=True)
class Together:
    """What a choice comes to. gone: chosen items that can't be applied for now."""

    resolution: Resolution
    gone: tuple[str, ...]


def together(slugs: Sequence[str], *, held: Collection[str] = ()) -> Together:
    """Put a choice together. held: kinds of valid licences of whoever applies. Raises NotTogether."""
    listed = list(dict.fromkeys(slugs))
    editions = current_editions(listed[: 4 * MOST])
    here = [editions[slug] for slug in listed if slug in editions]
    _require_fitting(here)
    document = _document(here, held)
    edition = PackageEdition(document=document.stored(), version=1, digest=document.code)
    taken = [Taken(rule, editions[rule.slug]) for rule in document.items]
    resolution = Resolution(
        package=edition,
        answers={},
        assembly=assemble(document, document.code, taken),
        optional=(),
        left_out=(),
        gone=(),
    )
    return Together(resolution, tuple(slug for slug in listed if slug not in editions))


def audiences(document: PackageDocument | Edition) -> frozenset[bool]:
    """For people (True), for firms and organisations (False), or for both."""
    subjects = document.doc.subjects if isinstance(document, Edition) else document.subjects
    return frozenset(each == NATURAL for each in subjects)


def _require_fitting(editions: Sequence[Edition]) -> None:
    if len(editions) < FEWEST:
        raise NotTogether(said("请至少选两个事项。"))
    if len(editions) > MOST:
        raise NotTogether(said("一次最多一起办 {most} 个事项，请去掉几个。", most=MOST))
    if not frozenset.intersection(*map(audiences, editions)):
        raise NotTogether(said("选的事项有的由个人申请，有的由单位申请，不能用一张表。请分开办。"))


def _document(editions: Sequence[Edition], held: Collection[str]) -> PackageDocument:
    common = frozenset.intersection(*map(audiences, editions))
    after = waits([_chosen(each) for each in editions], held=held)
    items = [
        {"slug": each.item.slug, "order": 1, "parallel": True, "depends_on": list(after[each.item.slug])}
        for each in editions
    ]
    named = dict.fromkeys(subject for each in editions for subject in each.doc.subjects)
    subjects = [each for each in named if (each == NATURAL) in common]
    told = repr([(each["slug"], each["depends_on"]) for each in items])
    first = editions[0].doc.name
    return PackageDocument.model_validate(
        {
            "code": f"chosen-{sha256(told.encode()).hexdigest()[:24]}",
            "name": said("{item}等 {n} 项一起办", item=first[:150], n=len(editions)),
            "life_event": EVENT,
            "subjects": subjects,
            "lead_department": editions[0].item.agency.department,
            "description": "、".join(each.doc.name for each in editions)[:4000],
            "items": items,
        }
    )


def _chosen(edition: Edition) -> Chosen:
    document = edition.doc
    needed = [each for each in document.materials if each.necessity is Necessity.REQUIRED and not each.show_if]
    needs = {each.licence_type for each in needed}
    gives = {each.licence_type for each in document.results if each.licence_type}
    return Chosen(edition.item.slug, frozenset(filter(None, gives)), frozenset(filter(None, needs)))
