"""What the counter shows: items this window may take in, the checklist, the form, what is missing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from yimen.applications.choices import Presented
from yimen.applications.queries import lacking
from yimen.applications.queries.holdings import standing_in
from yimen.cases.queries import material_faces, still_asked
from yimen.catalog.choices import Necessity
from yimen.catalog.queries import guide, search, situations
from yimen.city.queries import agencies
from yimen.counter.queries.shown import shown
from yimen.hall.queries import authorities
from yimen.identity.access import signs_in_by_number
from yimen.identity.choices import Document as DocumentKind
from yimen.kit.telling import to_staff, translated
from yimen.kit.time import day_of
from yimen.law.resolution import Way
from yimen.law.states import Verb

if TYPE_CHECKING:
    from yimen.applications.models import Application
    from yimen.cases.models import Supplement
    from yimen.catalog.queries.seeking.cards import Entry
    from yimen.identity.models import Subject, User
    from yimen.kit.actor import Actor

AT_WINDOW = frozenset(
    {Verb.ACCEPT, Verb.ASK_SUPPLEMENT, Verb.SUPPLEMENT, Verb.DELIVER, Verb.WITHDRAW, Verb.REFUSE, Verb.NOT_NEEDED}
)
NATURAL, LEGAL = "自然人", "法人"


@dataclass(frozen=True)
class Line:
    """A line of the checklist.

    originals, copies: what is noted; usable: a licence in the vault could stand in; citable: one of the
    department's own may be named by its number; again: so could what was handed in earlier, when the visitor
    stands by it; hints: why it is not met otherwise.
    """

    face: Any
    originals: int
    copies: int
    scans: list[Any]
    done: bool
    usable: bool
    promisable: bool
    reason: str = ""
    error: str = ""
    citable: bool = False
    again: bool = False
    hints: tuple[str, ...] = ()


def items_for(visitor: Subject, q: str, actor: Actor, at: datetime, *, size: int = 12) -> list[tuple[Entry, bool]]:
    """Items for this kind of visitor, each with whether this window may take it in; those that it may come first.

    What several places offer is told as this window has it, if it has it at all.
    """
    near = agencies().filter(pk=actor.office or 0).values_list("division__code", flat=True).first() or ""
    found = search(q, subject=NATURAL if visitor.is_person else LEGAL, size=60, near=near).items
    given = authorities(actor.window, day_of(at))

    def ours(each: Entry) -> bool:
        return each.agency_id == actor.office or any(one.covers(each.slug) for one in given.get(each.agency_id, ()))

    own = [next(filter(ours, hit.places), None) for hit in found]
    judged = [(here or hit, here is not None) for hit, here in zip(found, own, strict=True)]
    return sorted(judged, key=lambda pair: not pair[1])[:size]


def visitor_facts(visitor: Subject) -> list[dict[str, str]]:
    rows = [
        (_("姓名（名称）"), visitor.name),
        (DocumentKind(visitor.document).label, visitor.masked_number),
        (_("联系电话"), str(visitor.profile.get("phone") or visitor.profile.get("contact_phone") or "")),
    ]
    return [{"label": label, "value": value} for label, value in rows if value]


def sign_in_names(visitor: Subject, user: User | None) -> list[str]:
    """By which names the visitor signs in, masked: the slip may be lost."""
    names = [DocumentKind(visitor.document).label + visitor.masked_number] if signs_in_by_number(visitor) else []
    return names + ([_("手机号码") + user.masked_phone] if user and user.masked_phone else [])


def checklist(
    application: Application,
    at: datetime,
    *,
    notice: Supplement | None = None,
    errors: Mapping[str, str] | None = None,
) -> list[Line]:
    """notice: of a supplement: only the lines that it asks for, done when something came since."""
    asked = {each["key"]: each["reason"] for each in still_asked(notice, application)[0]} if notice else None
    usable, wrong = _usable(application, at), errors or {}
    later = {each.key for each in application.edition.doc.materials if each.necessity is Necessity.TOLERATED}
    return [
        _line(face, usable, later, (asked or {}).get(face.line.key, ""), wrong.get(f"line_{face.line.key}", ""))
        for face in material_faces(application, [notice] if notice else [], at=at)
        if asked is None or face.line.key in asked
    ]


def form(
    application: Application,
    *,
    typed: Mapping[str, Any] | None = None,
    errors: Mapping[str, str] | None = None,
    only: Collection[str] | None = None,
) -> list[dict[str, Any]]:
    """The form in sections, with what was just typed. only: names of fields, for a supplement."""
    return shown(application, application.edition.doc, "counter:divisions", typed=typed, errors=errors, only=only)


def missing(application: Application, at: datetime) -> list[dict[str, str]]:
    """What is still lacking, by name, each with the place on the page where it can be given."""
    document = application.edition.doc
    found = []
    for each in lacking(application, at=at):
        thing = document.material(each.key) if each.kind == "material" else None
        asked = document.field(each.key) if thing is None else None
        plain = asked is not None and not each.code.startswith("rule_")
        name = thing.name if thing else asked.label if asked and plain else to_staff(each.message)
        found.append({"name": name, "anchor": f"line_{each.key}" if thing else f"id_{each.key}"})
    return found


def notice_url(application: Application) -> str:
    """The one-time notice (一次性告知单) for what the visitor has answered so far, ready to be printed."""
    document = application.edition.doc
    query = situations.query_of(situations.valid(document, application.answers))
    return f"{reverse('portal:checklist', args=[document.slug])}?{query}"


def item_facts(application: Application) -> list[dict[str, str]]:
    """What a visitor asks about: how long, how much, what comes out."""
    known = guide(application.edition)
    rows = [
        (_("承办部门"), known.office.name),
        (_("办理时限"), known.promised or known.statutory),
        (_("收费"), known.fee),
        (_("结果"), "、".join(result.name for result in known.results)),
    ]
    return [{"label": label, "value": value} for label, value in rows if value]


def _line(face: Any, usable: set[str], tolerated: Collection[str | None], reason: str, error: str) -> Line:
    original, copy = translated(Presented.ORIGINAL.label), translated(Presented.COPY.label)
    pieces = {original: 0, copy: 0}
    scans = []
    for document in face.documents:
        if document.paper:
            pieces[document.how] += document.copies
        else:
            scans.append(document)
    how = face.resolution
    lost = how.lost if how else ()
    shown = any(document.licence for document in face.documents if document.pk not in lost)
    return Line(
        face=face,
        originals=pieces[original],
        copies=pieces[copy],
        scans=scans,
        done=any(document.fresh for document in face.documents) if reason else face.done,
        usable=face.line.key in usable and not shown,
        promisable=face.line.key in tolerated and not face.documents and not (how and how.met),
        reason=reason,
        error=error,
        citable=bool(face.line.licence) and not shown,
        again=how is not None and not how.met and Way.EARLIER in (how.way, *how.open),
        hints=tuple(to_staff(each) for each in how.hints) if how else (),
    )


def _usable(application: Application, at: datetime) -> set[str]:
    return set(standing_in(application.subject_id, None, application.edition.doc.materials, at))
