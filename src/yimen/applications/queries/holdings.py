"""What an applicant has that can meet a material: handed in now, in the library, in earlier cases, with a service."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Q, QuerySet

from yimen.applications import ports
from yimen.applications.choices import Presented, Stage, Trust, Verdict
from yimen.applications.models import Application, Commitment, Document
from yimen.applications.queries.consents import may_reuse
from yimen.city.queries import calendar
from yimen.identity.choices import MandateKind
from yimen.identity.queries import roles_between, same_person
from yimen.kit.time import day_of
from yimen.law.completeness import Necessity
from yimen.law.due import due_on
from yimen.law.resolution import Demand, EarlierPaper, HandedIn, HeldLicence, Holdings, Situation, Way
from yimen.law.resolution import Trust as Level
from yimen.law.tolerance import tolerance_limit
from yimen.law.whose import ONESELF, Whose, whose
from yimen.vault import queries as vault
from yimen.vault.choices import State

if TYPE_CHECKING:
    from yimen.applications.models import Filed
    from yimen.catalog.choices import EditionDocument
    from yimen.catalog.choices.material import Material
    from yimen.vault.models import Licence

LOOKED_AT, A_YEAR = 60, timedelta(days=365)
"""How many of somebody's newest applications are searched for papers; the same item's ten newest are always."""

TOLD = (
    "material", "trust", "handed_in_at", "valid_to", "application__item__slug", "application__edition__item",
    "application__edition__digest", "application__edition__state",
)  # fmt: skip
WAYS = {
    Presented.LICENCE: Way.LICENCE,
    Presented.EARLIER: Way.EARLIER,
    Presented.COMMITMENT: Way.COMMITMENT,
    Presented.PROMISE: Way.TOLERATED,
}


def here(found: Sequence[Document], subject: int) -> Holdings:
    """What the application itself has; each as it stands now, be it frozen, ended or expired since. No statement.

    subject: the applicant.
    """
    licences = {
        each.licence_id: held(each.licence, each, of=own(each.licence, subject))
        for each in found
        if each.licence is not None
    }
    earlier = {each.told["ref"]: _taken(each) for each in found if each.repeats_id}
    return Holdings(
        licences=list(licences.values()), earlier=list(earlier.values()), handed_in=[_handed_in(each) for each in found]
    )


def whole(application: Application, demands: Sequence[Demand], found: Sequence[Document], at: datetime) -> Holdings:
    """All there is: a statement for the library, one for earlier papers, one for each service that is plugged in."""
    put = here(found, application.subject_id)
    there = elsewhere(application, demands, earlier_papers(application), at)
    # The library's own word goes first: it knows what the holder is in this matter.
    known = {each.ref for each in there.licences}
    return Holdings(
        licences=[*there.licences, *(each for each in put.licences if each.ref not in known)],
        services=there.services,
        earlier=_joined(put.earlier, there.earlier),
        handed_in=put.handed_in,
    )


def elsewhere(application: Filed, demands: Sequence[Demand], earlier: Sequence[EarlierPaper], at: datetime) -> Holdings:
    """What the city has of whoever applies, beside what lies in the application itself."""
    kinds = sorted({each.licence for each in demands if each.licence})
    services = {each.service for each in demands if each.service}
    return Holdings(
        licences=in_library(application.subject_id, application.agent_id, kinds, at),
        services=ports.answers_of(services, same_person(application.subject_id), at) if services else {},
        earlier=earlier,
    )


@dataclass(frozen=True)
class Limits:
    """What an applicant may: see `law.resolution.Situation`."""

    consent: bool
    eligible: bool
    promising: bool


def limits(situation: Situation, application: Application, demands: Sequence[Demand], at: datetime) -> Situation:
    """What the applicant may: asked only where it makes a difference."""
    found = limits_of(application.subject_id, demands, at)
    return replace(
        situation,
        consent=found.consent,
        eligible=found.eligible,
        tolerance_until=situation.tolerance_until if found.promising else None,
        refused=refused(application),
    )


def limits_of(subject: int, demands: Sequence[Demand], at: datetime) -> Limits:
    """The same, of a person and any demands."""
    committing = any(each.commitment for each in demands)
    waiting = any(each.need.necessity is Necessity.DEFERRABLE for each in demands)
    return Limits(
        consent=may_reuse(subject, at),
        eligible=not committing or may_commit(subject, at),
        promising=waiting and not broken_promises(subject, at),
    )


def subjects_of(application: Filed) -> list[int]:
    """Whose licences may stand in: the applicant's, then those of whoever acts for them."""
    return [pk for pk in (application.subject_id, application.agent_id) if pk]


def in_library(subject: int, agent: int | None, kinds: Sequence[str], at: datetime) -> list[HeldLicence]:
    """The valid licence of each kind, of the applicant and of whoever acts for them; of kinds of which the applicant

    has none that is valid also the others, to say why not.
    """
    if not kinds:
        return []
    valid = vault.valid_of_kinds([subject], kinds, at)
    absent = [kind for kind in kinds if kind not in valid]
    others = list(vault.with_freezes(vault.held_by([subject])).filter(kind__code__in=absent)[:20]) if absent else []
    acting = vault.valid_of_kinds([agent], kinds, at) if agent else {}
    of = parties(agent, subject, at) if agent and acting else frozenset()
    return [
        *(held(each) for each in [*valid.values(), *others]),
        *(held(each, of=of) for each in acting.values() if each not in valid.values()),
    ]


def parties(agent: int, subject: int, at: datetime) -> frozenset[Whose]:
    """What somebody who acts for another is in the matter: what their mandates say."""
    kinds = roles_between(agent, subject, at)
    legal = ONESELF if MandateKind.LEGAL_REPRESENTATIVE in kinds else frozenset[Whose]()
    guardian = frozenset({Whose.GUARDIAN}) if MandateKind.GUARDIAN in kinds else frozenset[Whose]()
    return legal | guardian | {Whose.AGENT}


def own(licence: Licence, subject: int) -> frozenset[Whose]:
    """What the holder of a licence is that was put with an application: the applicant, or who knows who."""
    return ONESELF if licence.holder_id == subject else frozenset()


def standing_in(subject: int, agent: int | None, materials: Iterable[Material], at: datetime) -> dict[str, Licence]:
    """{material key: the valid licence that stands in for it}, as far as it is the right person's."""
    wanted = {each.key or "": (each.licence_type, whose(each.name)) for each in materials if each.licence_type}
    kinds = sorted({kind for kind, _of in wanted.values() if kind})
    valid = vault.valid_of_kinds([subject], kinds, at) if kinds else {}
    acting = vault.valid_of_kinds([agent], kinds, at) if agent and kinds else {}
    of = parties(agent, subject, at) if agent and acting else frozenset[Whose]()
    found: dict[str, Licence] = {}
    for key, (kind, party) in wanted.items():
        if kind in valid and party in ONESELF:
            found[key] = valid[kind]
        elif kind in acting and party in of:
            found[key] = acting[kind]
    return found


def earlier_papers(application: Application) -> list[EarlierPaper]:
    """What the same person handed in with earlier applications and is still kept as a file, by application and

    material; of several pages the least trusted counts.
    """
    return _papers(_earlier_documents(application))


def at_hand(subjects: Sequence[int], items: Collection[int], kinds: Sequence[str], at: datetime) -> Holdings:
    """What the city has of some people that meets a material by itself: their valid licences, and what they handed in

    for these items. One statement for each of both: for a guide, before anybody has begun.
    """
    found = vault.valid_of_any(subjects, sorted(set(kinds)), at)
    same = Application.objects.filter(subject__in=list(subjects), stage=Stage.SUBMITTED, item__in=list(items))
    rows = _pages(Q(application__in=same.order_by("-id").values("pk")[: 10 * len(items)]))
    return Holdings(licences=[held(each) for each in found], earlier=_papers(rows))


def pages_of(application: Application, ref: int) -> list[Document]:
    """The documents of an earlier paper, by the first of them."""
    rows = list(_earlier_documents(application))
    first = next((each for each in rows if each.pk == ref), None)
    if first is None:
        return []
    return [each for each in rows if (each.application_id, each.material) == (first.application_id, first.material)]


def papers_of(subject: int, items: Collection[int]) -> list[EarlierPaper]:
    """The same for several items at once."""
    return _papers(_documents_of(subject, items))


def _earlier_documents(application: Application) -> QuerySet[Document]:
    return _documents_of(application.subject_id, [application.item_id]).exclude(application=application.pk)


def _documents_of(subject: int, items: Collection[int]) -> QuerySet[Document]:
    mine = Application.objects.filter(subject__in=same_person(subject), stage=Stage.SUBMITTED).order_by("-id")
    which = Q(application__in=mine.values("pk")[:LOOKED_AT])
    for item in items:
        which |= Q(application__in=mine.filter(item=item).values("pk")[:10])
    return _pages(which)


def _papers(rows: QuerySet[Document]) -> list[EarlierPaper]:
    """Of somebody with hundreds of cases only what an earlier paper says of itself is read, nothing that is sealed."""
    few = rows.select_related(None).select_related("application__item", "application__edition").only(*TOLD)
    groups = groupby(few, key=lambda each: (each.application_id, each.material))
    return [_paper(list(pages)) for _key, pages in groups]


def _pages(which: Q) -> QuerySet[Document]:
    return (
        Document.objects.filter(which, removed_at=None)
        .exclude(file=None)
        .exclude(presented=Presented.PROMISE)
        .select_related("application__item", "application__edition__item", "file")
        .defer("application__answers", "application__set_aside", "application__edition__document")
        .order_by("application_id", "material", "id")
    )


def refused(application: Application) -> frozenset[tuple[str, Way, int]]:
    """What the applicant took out again, and didn't put back: not used by itself any more."""
    rows = Document.objects.filter(
        application=application.pk, presented__in=[Presented.LICENCE, Presented.EARLIER], removed_at__isnull=False
    )
    return frozenset(
        (each.material, WAYS[Presented(each.presented)], int(each.licence_id or each.told.get("ref") or 0))
        for each in rows.only("material", "presented", "licence", "told")
    )


def may_commit(subject: int, at: datetime) -> bool:
    """Nobody with a false commitment that isn't repaired, nor whom another room bars (国办发〔2020〕42号)."""
    records = same_person(subject)
    rows = Commitment.objects.filter(application__subject__in=records, verdict=Verdict.FALSE, repaired_at=None)
    return not rows.exists() and not ports.barred(records, at)


def broken_promises(subject: int, at: datetime) -> int:
    """How often within a year a promised material hadn't come by its day."""
    rows = Document.objects.filter(application__subject__in=same_person(subject), broken_at__gte=at - A_YEAR)
    return rows.filter(removed_at=None).count()


def tolerance_until(application: Application, at: datetime) -> date | None:
    """The day to which a promise made now would run."""
    return promise_until(application.edition.doc, at)


def promise_until(document: EditionDocument, at: datetime) -> date | None:
    """The same, under any edition."""
    limit = tolerance_limit(
        statutory=document.decision_limits.statutory,
        city_days=settings.YIMEN_TOLERANCE_DAYS,
        edition_days=document.tolerance_days,
    )
    return due_on(opened=day_of(at), limit=limit, calendar=calendar()) if limit else None


def _handed_in(document: Document) -> HandedIn:
    holding = document.licence_id if document.licence_id else document.told.get("ref")
    return HandedIn(
        ref=document.pk, material=document.material, way=WAYS.get(Presented(document.presented), Way.HANDED_IN),
        on=day_of(document.handed_in_at), trust=Level(document.trust), holding=holding, until=document.until,
    )  # fmt: skip


def held(licence: Licence, row: object = None, *, of: frozenset[Whose] = ONESELF) -> HeldLicence:
    """As the law sees it. row: what says whether its holder froze it (`frozen`), where that isn't the licence.

    of: what its holder is in the matter.
    """
    return HeldLicence(
        ref=licence.pk, kind=licence.kind.code, name=licence.kind.name, trust=Level(licence.trust),
        issued_on=day_of(licence.issued_at) if licence.issued_at else None,
        valid_from=licence.valid_from, valid_to=licence.valid_to,
        in_force=licence.state == State.SIGNED, frozen=bool(getattr(row or licence, "frozen", False)),
        of=of,
    )  # fmt: skip


def _taken(document: Document) -> EarlierPaper:
    told = document.told
    return EarlierPaper(
        ref=told["ref"], item=told["item"], item_name=told["name"], material=told["material"], name=told["paper"],
        trust=Level(document.trust), on=date.fromisoformat(told["on"]), valid_to=document.valid_to,
        licence=told.get("licence", ""), whose=whose(told["paper"]),
    )  # fmt: skip


def _paper(pages: Sequence[Document]) -> EarlierPaper:
    first = pages[0]
    application = first.application
    material = application.edition.doc.material(first.material)
    return EarlierPaper(
        ref=first.pk, item=application.item.slug, item_name=application.edition.doc.name, material=first.material,
        name=material.name if material else first.material, trust=_least(pages), on=day_of(first.handed_in_at),
        licence=(material.licence_type or "") if material else "",
        whose=whose(material.name) if material else Whose.APPLICANT,
        valid_to=min((each.valid_to for each in pages if each.valid_to), default=None),
    )  # fmt: skip


def best(papers: Sequence[EarlierPaper], item: str) -> EarlierPaper:
    """Of several that would do, the same item's, then the most trusted, then the newest."""
    return min(papers, key=lambda each: (each.item != item, each.trust.value, -each.on.toordinal(), -each.ref))


def told(paper: EarlierPaper) -> dict[str, Any]:
    """What a document says of the paper that it repeats."""
    return {
        "ref": paper.ref, "item": paper.item, "name": paper.item_name, "material": paper.material, "paper": paper.name,
        "on": paper.on.isoformat(), "licence": paper.licence,
    }  # fmt: skip


def _least(pages: Iterable[Document]) -> Level:
    """C before D before B before A: what is least to be relied on."""
    order = (Trust.C, Trust.D, Trust.B, Trust.A)
    return Level(min((Trust(each.trust) for each in pages), key=order.index).value)


def _joined(own: Sequence[EarlierPaper], found: Sequence[EarlierPaper]) -> list[EarlierPaper]:
    known = {each.ref for each in own}
    return [*own, *(each for each in found if each.ref not in known)]
