"""An application for a package as its applicant fills it in: pages, steps, papers, what is missing, the items' own."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from yimen.applications.choices import Stage
from yimen.applications.queries import lacking
from yimen.applications.queries.origins import source_words
from yimen.applications.queries.together import (
    assembly_of,
    package_lacking,
    part_open,
    parts_of,
)
from yimen.catalog.queries.packaging import in_steps
from yimen.identity.choices import MandateKind, SubjectKind
from yimen.identity.queries import principals_of, subject
from yimen.kit.errors import NotFound
from yimen.kit.telling import translated
from yimen.law.completeness import Missing
from yimen.portal.queries.applicants import Option, covers
from yimen.portal.queries.filling import Gap, Task, known, said, who
from yimen.sheets import queries as sheets

if TYPE_CHECKING:
    from yimen.applications.models import PackageApplication, PackagePart
    from yimen.identity.models import Mandate, Subject
    from yimen.kit.actor import Actor


@dataclass(frozen=True)
class PartLine:
    """An item of the package with its own application: what has become of it and what can be done now."""

    slug: str
    name: str
    agency: str
    state: str
    url: str
    waits_for: str
    gives: str
    other_applicant: bool
    lacks: int = 0
    number: str = ""


def options(subjects: Collection[str], slugs: Collection[str], actor: Actor, at: datetime) -> list[Option]:
    """In whose name a package may be applied for: oneself, and whoever gave a mandate that covers all its items."""
    if actor.subject is None:
        return []
    oneself = subject(actor.subject)
    found = {oneself.pk: Option(oneself, _("本人"), fits(subjects, oneself))}
    for mandate in principals_of(actor.subject, at):
        if all(covers(mandate, slug) for slug in slugs):
            found.setdefault(mandate.principal.pk, _option(mandate, subjects))
    return list(found.values())


def fits(subjects: Collection[str], one: Subject) -> bool:
    """Is it meant for people, or for firms and organisations? For all where nothing is said."""
    if not subjects:
        return True
    natural = "自然人" in subjects
    others = any(audience != "自然人" for audience in subjects)
    return natural if one.kind == SubjectKind.NATURAL else others


def _option(mandate: Mandate, subjects: Collection[str]) -> Option:
    return Option(mandate.principal, str(MandateKind(mandate.kind).label), fits(subjects, mandate.principal))


def pages_of(application: PackageApplication) -> list[sheets.Page]:
    """The pages of the merged form, as kept."""
    held = application.answers
    return sheets.pages(assembly_of(application).sheet(held), held, known(application), None)


def tasks(application: PackageApplication, at: datetime) -> list[Task]:
    """Every step; the first that isn't done is the current one."""
    wanting = package_lacking(application, at)
    missing = {each.key for each in wanting if each.kind == "field"}
    left = sum(each.kind == "material" for each in wanting)
    number = application.number
    steps = [
        Task(label=_("谁来办"), url="", state="done", hint=who(application)),
        Task(
            label=_("我的情形"), url=reverse("portal:package_situation", args=[number]), state="done",
            hint=_("要办 %(n)d 项") % {"n": len(parts_of(application))},
        ),
    ]  # fmt: skip
    for page in pages_of(application):
        open_ = len(page.names & missing)
        steps.append(
            Task(
                label=translated(page.title), url=reverse("portal:package_form", args=[number, page.place]),
                state="todo" if open_ else "done", hint=_("还有 %(count)d 项必填") % {"count": open_} if open_ else "",
            )
        )  # fmt: skip
    if assembly_of(application).materials:
        steps.append(
            Task(
                label=_("申请材料"), url=reverse("portal:package_materials", args=[number]),
                state="todo" if left else "done", hint=_("还有 %(count)d 份必须提交") % {"count": left} if left else "",
            )
        )  # fmt: skip
    ready = all(step["state"] == "done" for step in steps)
    url = reverse("portal:package_check", args=[number])
    steps.append(Task(label=_("核对并逐项提交"), url=url, state="todo" if ready else "blocked", hint=""))
    current = next((step for step in steps if step["state"] == "todo"), None)
    if current:
        current["state"] = "current"
    return steps


def gaps(application: PackageApplication, at: datetime) -> list[Gap]:
    """Everything missing, each with a link to where it is asked."""
    places = {name: page.place for page in pages_of(application) for name in page.names}
    wanting = package_lacking(application, at)
    return [Gap(message=said(each), url=_where(application.number, each, places)) for each in wanting]


def _where(number: str, each: Missing, places: Mapping[str, int]) -> str:
    if each.kind == "material":
        return f"{reverse('portal:package_materials', args=[number])}#upload-{each.key}"
    url = reverse("portal:package_form", args=[number, places.get(each.key, 1)])
    return f"{url}?return=check#id_{each.key}"


def sections(application: PackageApplication) -> list[dict[str, Any]]:
    """[{title, rows}] of all answers, each with a link to change it."""
    shown = sheets.show(assembly_of(application).sheet(application.answers), application.answers)
    sources = source_words(application, own=True)
    return [
        {"title": title, "rows": [_row(application, each, sources) for each in lines]}
        for title, lines in groupby(shown, key=lambda each: each.section)
    ]


def _row(application: PackageApplication, shown: sheets.Shown, sources: Mapping[str, str]) -> dict[str, Any]:
    url = reverse("portal:package_form", args=[application.number, shown.page])
    return {
        "label": shown.label,
        "value": shown.text,
        "url": reverse("portal:package_form_file", args=[application.number, shown.name]) if shown.file else "",
        "source": sources.get(shown.name, "") if shown.text else "",
        "change_url": f"{url}?return=check#id_{shown.name}",
    }


def part_steps(application: PackageApplication, at: datetime) -> list[list[PartLine]]:
    """The items in their order with what has become of each; those that run side by side together."""
    assembly, parts = assembly_of(application), {part.item.slug: part for part in parts_of(application)}
    results = {
        need.fact.member: parts[need.given].edition.doc.name
        for merged in assembly.materials
        for need in merged.needs
        if need.given and not _sent(parts[need.given])
    }
    lines: list[list[PartLine]] = []
    before: list[PackagePart] = []
    for together in in_steps(assembly):
        here = [parts[member.slug] for member in together]
        lines.append([_part(application, part, before, results.get(part.item.slug, ""), at) for part in here])
        before = here
    return lines


def _part(
    application: PackageApplication, part: PackagePart, before: Sequence[PackagePart], gives: str, at: datetime
) -> PartLine:
    """gives: the item whose result this one needs and which is not sent yet."""
    own = part.application if part_open(part) else None
    submitted = own is not None and own.stage == Stage.SUBMITTED
    waits = [each.edition.doc.name for each in before if not _sent(each)]
    return PartLine(
        slug=part.item.slug,
        name=part.edition.doc.name,
        agency=part.item.agency.name,
        state="submitted" if submitted else "draft" if own else "",
        url=reverse("portal:done" if submitted else "portal:tasks", args=[own.number]) if own else "",
        waits_for="、".join(f"“{name}”" for name in waits),
        gives=gives,
        other_applicant=not fits(part.edition.doc.subjects, application.subject),
        lacks=len(lacking(own, at=at)) if own and not submitted else 0,
        number=own.number if own else "",
    )


def _sent(part: PackagePart) -> bool:
    return part_open(part) and part.application is not None and part.application.stage == Stage.SUBMITTED


def part_options(application: PackageApplication, slug: str, actor: Actor, at: datetime) -> list[Option]:
    """In whose name one item of it may be applied for: mostly the same, for some the firm that was founded."""
    part = next((each for each in parts_of(application) if each.item.slug == slug), None)
    if part is None:
        raise NotFound
    found = options(part.edition.doc.subjects, [slug], actor, at)
    same = [each for each in found if each.subject.pk == application.subject_id]
    return [*same, *(each for each in found if each.subject.pk != application.subject_id)]
