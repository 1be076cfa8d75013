"""A one-thing package as its page shows it: the questions, then exactly what this person's case needs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from yimen.applications.queries.resolving_together import foreseen_together
from yimen.applications.queries.together import divided, package_application_drafts
from yimen.catalog.choices import PackageDocument
from yimen.catalog.queries.guide import Guide
from yimen.catalog.queries.packaging import Assembly, Resolution, Taken, good_answers, item_names, open_questions
from yimen.catalog.queries.packaging.papers import Guides, PaperLine
from yimen.city.queries import agencies
from yimen.identity.queries import principals_of
from yimen.kit.commands import read_once
from yimen.kit.telling import translated
from yimen.law.resolution import Way
from yimen.law.said import several
from yimen.portal.queries.applicants import covers
from yimen.portal.queries.guiding import FOR_WHOM
from yimen.ui.words import limit as limit_words
from yimen.ui.words import people_date

if TYPE_CHECKING:
    from yimen.applications.models import PackageApplication
    from yimen.catalog.models import PackageEdition
    from yimen.kit.actor import Actor


@dataclass(frozen=True)
class MemberLine:
    """An item on somebody's way."""

    slug: str
    name: str
    agency: str
    limit: str
    stage: str
    visits: str
    fee: str
    results: tuple[str, ...]
    latest: date | None
    may_leave: bool
    longest: bool


@dataclass(frozen=True)
class StepLine:
    """Members that run side by side. stage: said where it begins."""

    stage: str
    members: tuple[MemberLine, ...]


@dataclass(frozen=True)
class Totals:
    """What it all comes to."""

    items: int
    days: str
    one_by_one: str
    latest: date | None
    reckoning: tuple[str, ...]
    required: int
    held: int
    given: int
    fields: int
    fields_apart: int
    papers_apart: int
    visits: int
    fees: tuple[str, ...]
    fee_sum: str


def asked(document: PackageDocument, given: QueryDict | Mapping[str, str]) -> dict[str, str]:
    """The answers in an address, as far as they are among the choices."""
    return good_answers(document, {name: given.get(name, "") for name in (each.name for each in document.questions)})


def left_out(given: QueryDict) -> list[str]:
    """The items that the reader does not want now."""
    return given.getlist("leave")


def query(answers: Mapping[str, str], leave: Iterable[str] = ()) -> str:
    """The same as part of an address."""
    return urlencode([*answers.items(), *(("leave", slug) for slug in leave)])


def errors(document: PackageDocument, answers: Mapping[str, str]) -> list[dict[str, str]]:
    """The questions still open, for the summary on top."""
    labels = {question.name: question.label for question in document.questions}
    return [
        {"field": name, "message": _("请回答：%(question)s") % {"question": labels[name]}}
        for name in open_questions(document, answers)
    ]


def situation(document: PackageDocument, answers: Mapping[str, str]) -> list[dict[str, Any]]:
    """The answers as rows of a summary list, each with a way back to its question."""
    url = f"{reverse('portal:package', args=[document.code])}?{query(answers)}&change=1"
    return [
        {"label": question.label, "value": answers[question.name], "change_url": url}
        for question in document.questions
        if question.name in answers
    ]


def leaving(optional: Sequence[str], left: Iterable[str]) -> dict[str, Any] | None:
    """The items that may be left out, as a field; None where there are none."""
    names = item_names(optional)
    if not names:
        return None
    return {
        "name": "leave",
        "label": _("哪些先不一起办？"),
        "hint": _("不选就全部一起办。"),
        "kind": "multi",
        "required": True,
        "choices": [{"value": slug, "label": names[slug]} for slug in optional if slug in names],
        "value": list(left),
    }


def members(document: PackageDocument) -> list[dict[str, str]]:
    """All items that may belong to it, for whoever has not answered yet."""
    names = item_names(document.slugs)
    return [
        {"name": names[slug], "url": reverse("portal:guide", args=[slug])} for slug in document.slugs if slug in names
    ]


def department(code: str) -> str:
    """The city's agency of a department, by name; all of them read once for a page."""
    known = read_once("portal.departments", lambda: {each.department: each.name for each in reversed(agencies())})
    return known.get(code, "")


def external(document: PackageDocument) -> list[dict[str, str]]:
    """What is done elsewhere, and by whom."""
    return [{"name": step.name, "office": department(step.department)} for step in document.external_steps]


def drafts_of(package: PackageEdition, actor: Actor, at: datetime) -> list[PackageApplication]:
    """What the reader has begun for this package."""
    if actor.user is None:
        return []
    return [each for each in package_application_drafts(actor, at) if each.package.package_id == package.package_id]


def untouched(
    package: PackageEdition,
    answers: Mapping[str, str],
    leave: Collection[str],
    subject: int,
    actor: Actor,
    at: datetime,
) -> PackageApplication | None:
    """A draft begun just so and not yet written in: a second click finds it instead of making another."""
    return next(
        (
            each
            for each in drafts_of(package, actor, at)
            if each.subject_id == subject
            and each.saved_at == each.begun_at
            and not divided(each)
            and each.situation == dict(answers)
            and set(each.left_out) == set(leave)
        ),
        None,
    )


def steps(found: Resolution, guides: Guides, started: date) -> list[StepLine]:
    """The way through it."""
    days, longest = found.latest(started), set(found.assembly.path.critical)
    lines, stage = [], ""
    for together in found.steps:
        here = next((member.rule.stage for member in together if member.rule.stage), None) or ""
        lines.append(
            StepLine(
                here if here != stage else "",
                tuple(
                    _member(member, guides[member.slug], found, days.get(member.slug), member.slug in longest)
                    for member in together
                ),
            )
        )
        stage = here or stage
    return lines


def _member(member: Taken, known: Guide, found: Resolution, latest: date | None, longest: bool) -> MemberLine:
    return MemberLine(
        slug=member.slug,
        name=known.name,
        agency=known.office.name,
        limit=known.promised,
        stage=member.rule.stage or "",
        visits=known.visits_words,
        fee=known.fee,
        results=tuple(each.name for each in known.results),
        latest=latest,
        may_leave=member.slug in found.optional,
        longest=longest and member.edition.doc.decision_limits.promise.amount > 0,
    )


def held(assembly: Assembly, actor: Actor, at: datetime) -> dict[str, str]:
    """{material key: why} for what no item wants handed in: it lies in the reader's vault, or of whom they act for, or

    was handed in before.
    """
    if actor.subject is None or not assembly.materials:
        return {}
    slugs = [member.slug for member in assembly.members]
    acting = [each for each in principals_of(actor.subject, at) if all(covers(each, slug) for slug in slugs)]
    subjects = [*actor.subjects, *(pk for each in acting for pk in each.principals)]
    return at_hand(assembly, subjects[:FOR_WHOM], at)


def at_hand(assembly: Assembly, subjects: Sequence[int], at: datetime) -> dict[str, str]:
    """{material key: why} for what the city has of some people and no item wants handed in."""
    return {
        how.key: str(translated(several(how.whys, "")))
        for how in foreseen_together(assembly, subjects, at)
        if how.met and all(own.way in (Way.LICENCE, Way.EARLIER) for _slug, own in how.members if own.met)
    }


def totals(found: Resolution, guides: Guides, lines: Sequence[PaperLine], started: date) -> Totals:
    """The sums of the first view."""
    assembly, path, days = found.assembly, found.assembly.path, found.latest(started)
    required = [line for line in lines if line.required and not line.given]
    charged = [member for member in assembly.members if member.document.fee.charged]
    cents = [member.document.fee.amount_cents for member in charged]
    known = [each for each in cents if each is not None]
    return Totals(
        items=len(assembly.members),
        days=limit_words(path.working_days, "working_day"),
        one_by_one=limit_words(path.one_by_one, "working_day") if path.one_by_one > path.working_days else "",
        latest=max(days.values(), default=None),
        reckoning=tuple(reckoning(assembly, guides, days)),
        required=len(required),
        held=sum(bool(line.held) for line in required),
        given=sum(bool(line.given) for line in lines),
        fields=len(assembly.sheet().form_fields),
        fields_apart=sum(len(member.document.form_fields) for member in assembly.members),
        papers_apart=sum(len(member.document.materials) for member in assembly.members),
        visits=sum(member.document.visits for member in assembly.members),
        fees=tuple(f"{member.document.name}：{guides[member.slug].fee}" for member in charged),
        fee_sum=_("%(amount)s 元") % {"amount": f"{sum(known) / 100:g}"}
        if charged and len(known) == len(cents)
        else "",
    )


def reckoning(assembly: Assembly, guides: Guides, latest: Mapping[str, date]) -> list[str]:
    """Why it takes so long, in sentences."""
    path, by_slug = assembly.path, {member.slug: member for member in assembly.members}
    told = []
    for slug in path.critical:
        known = guides[slug]
        if by_slug[slug].edition.doc.decision_limits.promise.amount:
            told.append(_("“%(item)s”%(limit)s") % {"item": known.name, "limit": known.promised})
    if not told:
        return [_("每一项都是当场办结。")]
    days = limit_words(path.working_days, "working_day")
    said = [_("最长的一条路是：%(way)s，合计 %(days)s。") % {"way": _("，接着 ").join(told), "days": days}]
    beside = [
        by_slug[span.leg.key].document.name
        for span in path.spans
        if span.leg.key not in path.critical and span.leg.limit.amount
    ]
    if beside:
        said.append(
            _("%(items)s 与它们同时办，不另外增加时间。") % {"items": "、".join(f"“{each}”" for each in beside)}
        )
    if path.one_by_one > path.working_days:
        apart = limit_words(path.one_by_one, "working_day")
        said.append(_("如果一项办完再办一项，要 %(days)s。") % {"days": apart})
    if path.mixed:
        said.append(_("自然日、小时和月按一周五个工作日折算；最迟日期按日历逐项计算，没有折算。"))
    if latest:
        said.append(
            _("今天申请并且每一项都用满期限，最迟 %(day)s 全部办好。") % {"day": people_date(max(latest.values()))}
        )
    said.append(_("期限从受理的次日起算；现场核查、公示等法律规定不计入的时间另算。"))
    return said
