"""What the counter shows of one-thing packages (一件事): which there are, the merged checklist and form, the items."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from yimen.applications.access import window_takes
from yimen.applications.choices import Presented, Stage
from yimen.applications.commands.together import fits as for_subject
from yimen.applications.queries.resolving_together import foreseen_together
from yimen.applications.queries.together import (
    assembly_of,
    package_lacking,
    package_papers,
    package_resolutions,
    part_open,
    parts_of,
)
from yimen.catalog.queries.finding import things
from yimen.catalog.queries.packaging import PackageLine, Resolution, item_names, package_lines
from yimen.catalog.queries.packaging.papers import PaperLine, guide_lines, guides_of, paper
from yimen.counter.queries.shown import shown
from yimen.identity.queries import same_person
from yimen.kit.telling import to_staff
from yimen.law.resolution import Way
from yimen.law.said import several
from yimen.ui.words import limit as limit_words

if TYPE_CHECKING:
    from yimen.applications.models import PackageApplication, PackagePaper, PackagePart
    from yimen.catalog.queries.packaging import Assembly
    from yimen.identity.models import Subject
    from yimen.kit.actor import Actor
    from yimen.law.package_resolution import MergedResolution


MANY = 6


@dataclass(frozen=True)
class PaperFace:
    """A material of the merged list, in the place of an item's `MaterialFace`. how: how it is met, in a sentence."""

    line: PaperLine
    how: str = ""


@dataclass(frozen=True)
class PackageTick:
    """A line of the merged checklist; the names are those of `Line`."""

    face: PaperFace
    originals: int
    copies: int
    scans: list[dict[str, Any]]
    done: bool
    usable: bool
    promisable: bool
    reason: str = ""
    error: str = ""
    again: bool = False
    hints: tuple[str, ...] = ()


@dataclass(frozen=True)
class PartRow:
    """An item of the package. may: this window may take it in. own: its own application, if begun. why: not begun."""

    slug: str
    name: str
    agency: str
    limit: str
    may: bool
    url: str = ""
    word: str = ""
    tone: str = "neutral"
    why: str = ""


def packages_for(visitor: Subject, q: str) -> list[PackageLine]:
    """The packages for this kind of visitor, as the search finds them; all where nothing was typed."""
    lines = [line for line in package_lines() if (line.for_people if visitor.is_person else line.for_firms)]
    if not q:
        return lines
    found = {hit.key for hit in things(q, size=MANY) if hit.kind == "package"}
    return [line for line in lines if line.code in found or q in line.name]


def leaving(found: Resolution) -> dict[str, Any] | None:
    """What the visitor may leave for another time, as a field; None where there is nothing."""
    names = item_names(found.optional)
    if not names:
        return None
    return {
        "name": "leave",
        "label": _("哪些先不一起办？"),
        "hint": _("不选就全部一起办。"),
        "kind": "multi",
        "required": False,
        "choices": [{"value": slug, "label": names[slug]} for slug in found.optional if slug in names],
        "value": list(found.left_out),
    }


def outcome(found: Resolution, visitor: Subject, actor: Actor, at: datetime) -> dict[str, Any]:
    """What the answers come to: the items, the longest way, what the city has already, the list of what to bring."""
    said = guide_lines(guides_of(found.assembly))
    needs = {need.key: need.necessity for need in found.assembly.material_needs({})}
    held = at_hand(found.assembly, visitor, at)
    lines = [
        paper(found.assembly, each, needs.get(each.key), said, held.get(each.key, ""))
        for each in found.assembly.materials
    ]
    return {
        "parts": [
            PartRow(
                slug=member.slug,
                name=member.document.name,
                agency=member.edition.item.agency.name,
                limit=_limit(member.document),
                may=window_takes(actor, agency=member.edition.item.agency_id, slug=member.slug, at=at),
            )
            for member in found.assembly.members
        ],
        "days": limit_words(found.assembly.path.working_days, "working_day"),
        "papers": [line for line in lines if not line.given and line.key in needs and not line.held],
        "held": [line for line in lines if not line.given and line.key in needs and line.held],
        "given": [line for line in lines if line.given],
        "leaving": leaving(found),
        "gone": list(item_names(found.gone).values()),
    }


def at_hand(assembly: Assembly, visitor: Subject, at: datetime) -> dict[str, str]:
    """{material key: why} for what nobody need bring: the city has it of this visitor, or the form itself is it."""
    return {
        how.key: str(to_staff(several(how.whys, "")))
        for how in foreseen_together(assembly, same_person(visitor.pk), at)
        if how.required and how.met
    }


def checklist(
    application: PackageApplication, at: datetime, *, errors: Mapping[str, str] | None = None
) -> list[PackageTick]:
    """Each material once, with what is handed in for it, how it is met, and what else there is."""
    assembly, wrong = assembly_of(application), errors or {}
    held: dict[str, list[PackagePaper]] = {}
    for each in package_papers(application):
        held.setdefault(each.material, []).append(each)
    said = guide_lines(guides_of(assembly))
    needs = {need.key: need.necessity for need in assembly.material_needs(application.answers)}
    lines = []
    for how in package_resolutions(application, at):
        merged = assembly.material(how.key)
        if merged is not None and how.asked:
            line = paper(assembly, merged, needs.get(how.key), said)
            lines.append(_tick(how, line, held.get(how.key, []), wrong.get(f"line_{how.key}", "")))
    return lines


def _tick(how: MergedResolution, line: PaperLine, mine: Sequence[PackagePaper], error: str) -> PackageTick:
    offered = {each for _slug, own in how.members if not own.met for each in (own.way, *own.open)}
    lost = {ref for _slug, own in how.members for ref in own.lost}
    letter = _("各单项申请里可以签告知承诺书代替") if how.item_by_item else ""
    return PackageTick(
        face=PaperFace(line, to_staff(several(how.whys, "")) if how.met and how.way is not Way.UPLOAD else letter),
        originals=sum(each.presented == Presented.ORIGINAL for each in mine),
        copies=sum(each.presented == Presented.COPY for each in mine),
        scans=[_scan(each) for each in mine if each.file or each.licence or each.repeats],
        done=how.met or any(each.pk not in lost for each in mine),
        usable=Way.LICENCE in offered,
        promisable=how.lacks and not how.demanded and Way.TOLERATED in offered,
        error=error,
        again=Way.EARLIER in offered,
        hints=tuple(to_staff(each) for each in how.hints),
    )


def form(
    application: PackageApplication,
    *,
    typed: Mapping[str, Any] | None = None,
    errors: Mapping[str, str] | None = None,
    only: Collection[str] | None = None,
) -> list[dict[str, Any]]:
    """The merged form in sections, with what was just typed."""
    sheet = assembly_of(application).sheet({**application.answers, **(typed or {})})
    return shown(application, sheet, "counter:package_divisions", typed=typed, errors=errors, only=only)


def missing(application: PackageApplication, at: datetime) -> list[dict[str, str]]:
    """What is still lacking, by name, each with the place on the page where it can be given."""
    assembly = assembly_of(application)
    labels = {field.name: field.label for field in assembly.sheet(application.answers).form_fields}
    names = {each.key: each.name for each in assembly.materials}
    return [
        {"name": names.get(each.key, each.message), "anchor": f"line_{each.key}"}
        if each.kind == "material"
        else {
            "name": to_staff(each.message) if each.code.startswith("rule_") else labels.get(each.key, each.message),
            "anchor": f"id_{each.key}",
        }
        for each in package_lacking(application, at)
    ]


def parts(application: PackageApplication, actor: Actor, at: datetime) -> list[PartRow]:
    """The items with what has become of each, and why some are not begun."""
    assembly = assembly_of(application)
    makers = {
        need.fact.member: assembly.name_of(need.given)
        for merged in assembly.materials
        for need in merged.needs
        if need.given
    }
    return [_part(part, makers.get(part.item.slug, ""), application, actor, at) for part in parts_of(application)]


def _part(part: PackagePart, maker: str, application: PackageApplication, actor: Actor, at: datetime) -> PartRow:
    own = part.application if part_open(part) else None
    sent = own is not None and own.stage == Stage.SUBMITTED
    may = window_takes(actor, agency=part.item.agency_id, slug=part.item.slug, at=at)
    fits = not part.edition.doc.subjects or for_subject(part.edition.doc.subjects, application.subject)
    url = reverse("counter:case" if sent else "counter:intake", args=[own.number]) if own else ""
    return PartRow(
        slug=part.item.slug,
        name=part.edition.doc.name,
        agency=part.item.agency.name,
        limit=_limit(part.edition.doc),
        may=may,
        url=url,
        word=_("已提交") if sent else _("填写中") if own else _("还没开始"),
        tone="good" if sent else "info" if own else "neutral",
        why="" if own else _why(part, maker, may=may, fits=fits),
    )


def _why(part: PackagePart, maker: str, *, may: bool, fits: bool) -> str:
    """Why an item has no application of its own yet; "" where it only has to be begun."""
    if not may:
        return _("本窗口没有授权，请引导到%(agency)s的窗口，或者由本人在网上接着办。") % {
            "agency": part.item.agency.name
        }
    if not fits:
        return _("要以新设立的单位名义办：拿到执照后，在“下一位”核对单位证照再办。")
    return _("要先拿到“%(item)s”的结果，再开始这一项。") % {"item": maker} if maker else ""


def _limit(document: Any) -> str:
    promise = document.decision_limits.promise
    return limit_words(promise.amount, promise.unit)


def _scan(each: PackagePaper) -> dict[str, Any]:
    file = each.repeats.file if each.repeats else each.file
    name = each.licence.kind.name if each.licence else file.name if file else ""
    return {"pk": each.pk, "name": name, "licence": bool(each.licence)}
