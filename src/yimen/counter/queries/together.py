"""What the counter shows of one-thing packages (一件事): which there are, the merged checklist and form, the items."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from yimen.applications.access import window_takes
from yimen.applications.choices import Presented, Stage
from yimen.applications.commands.together import fits as for_subject
from yimen.applications.queries.together import (
    assembly_of,
    package_lacking,
    package_papers,
    part_open,
    parts_of,
)
from yimen.catalog.queries.finding import things
from yimen.catalog.queries.packaging import PackageLine, Resolution, item_names, open_questions, package_lines
from yimen.catalog.queries.packaging.papers import PaperLine, guide_lines, guides_of, paper
from yimen.counter.queries.shown import shown
from yimen.law.completeness import Necessity
from yimen.ui.words import limit as limit_words
from yimen.vault.queries import valid_of_kinds

if TYPE_CHECKING:
    from yimen.applications.models import PackageApplication, PackagePaper, PackagePart
    from yimen.catalog.choices import PackageDocument
    from yimen.catalog.queries.packaging import Assembly
    from yimen.identity.models import Subject
    from yimen.kit.actor import Actor


MANY = 6


@dataclass(frozen=True)
class PaperFace:
    """A material of the merged list, in the place of an item's `MaterialFace`."""

    line: PaperLine


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


def questions(document: PackageDocument, answers: Mapping[str, str], *, wrong: bool) -> list[dict[str, Any]]:
    """The package's questions as fields."""
    still = set(open_questions(document, answers)) if wrong else set()
    return [
        {
            "name": each.name,
            "label": each.label,
            "kind": "choice",
            "required": True,
            "choices": list(each.choices),
            "value": answers.get(each.name, ""),
            "hint": each.hint,
            "error": _("请选择一项。") if each.name in still else "",
        }
        for each in document.questions
    ]


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


def outcome(found: Resolution, actor: Actor, at: datetime) -> dict[str, Any]:
    """What the answers come to: the items, the longest way, the list of what to bring."""
    said = guide_lines(guides_of(found.assembly))
    needs = {need.key: need.necessity for need in found.assembly.material_needs({})}
    lines = [paper(found.assembly, each, needs.get(each.key), said) for each in found.assembly.materials]
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
        "papers": [line for line in lines if not line.given and line.key in needs],
        "given": [line for line in lines if line.given],
        "leaving": leaving(found),
        "gone": list(item_names(found.gone).values()),
    }


def checklist(
    application: PackageApplication, actor: Actor, at: datetime, *, errors: Mapping[str, str] | None = None
) -> list[PackageTick]:
    """Each material once, with what is handed in for it."""
    assembly, wrong = assembly_of(application), errors or {}
    held: dict[str, list[PackagePaper]] = {}
    for each in package_papers(application):
        held.setdefault(each.material, []).append(each)
    usable, said = _usable(application, assembly, at), guide_lines(guides_of(assembly))
    lines = []
    for need in assembly.material_needs(application.answers):
        merged = assembly.material(need.key)
        if merged is not None:
            mine = held.get(need.key, [])
            lines.append(
                PackageTick(
                    face=PaperFace(paper(assembly, merged, need.necessity, said)),
                    originals=sum(each.presented == Presented.ORIGINAL for each in mine),
                    copies=sum(each.presented == Presented.COPY for each in mine),
                    scans=[_scan(each) for each in mine if each.file or each.licence],
                    done=bool(mine),
                    usable=need.key in usable and not any(each.licence_id for each in mine),
                    promisable=need.necessity is Necessity.DEFERRABLE and not mine,
                    error=wrong.get(f"line_{need.key}", ""),
                )
            )
    return lines


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


def missing(application: PackageApplication) -> list[dict[str, str]]:
    """What is still lacking, by name, each with the place on the page where it can be given."""
    assembly = assembly_of(application)
    labels = {field.name: field.label for field in assembly.sheet(application.answers).form_fields}
    names = {each.key: each.name for each in assembly.materials}
    return [
        {"name": names.get(each.key, each.message), "anchor": f"line_{each.key}"}
        if each.kind == "material"
        else {"name": labels.get(each.key, each.message), "anchor": f"id_{each.key}"}
        for each in package_lacking(application)
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
    name = each.licence.kind.name if each.licence else each.file.name if each.file else ""
    return {"pk": each.pk, "name": name, "licence": bool(each.licence)}


def _usable(application: PackageApplication, assembly: Assembly, at: datetime) -> set[str]:
    wanted = {each.key: each.licence for each in assembly.materials if each.licence and not each.given}
    found = valid_of_kinds([application.subject_id], sorted(set(wanted.values())), at) if wanted else {}
    return {key for key, kind in wanted.items() if kind in found}
