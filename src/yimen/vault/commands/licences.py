"""Licences: drawn up by one, signed by another; existing ones taken in; drafts thrown away."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Max, OuterRef, QuerySet, Subquery

from yimen.city.queries import current_keys, key_known
from yimen.identity.queries import same_person
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.errors import Invalid
from yimen.kit.events import speak
from yimen.kit.prepared import prepared
from yimen.kit.signing import KeyKind
from yimen.kit.time import day_of
from yimen.law.counting import add_months
from yimen.law.said import said
from yimen.vault import access, events
from yimen.vault.choices import EndKind, State, Trust, VersionKind
from yimen.vault.commands.holders import Held, chains_of, digest_of, keep, several, tell_all
from yimen.vault.commands.refusals import AlreadySigned, BeingReplaced, NotADraft, NotInForce, SameHands
from yimen.vault.commands.sealing import seal
from yimen.vault.models import KindLayout, Licence, LicenceHolder, LicenceKind
from yimen.vault.queries.issuing import followers
from yimen.vault.queries.kinds import GIVEN

if TYPE_CHECKING:
    from yimen.city.models import Agency, SigningKey
    from yimen.files.models import StoredFile
    from yimen.identity.models import Subject


@command
def draw_up(
    kind: LicenceKind,
    *,
    holder: Subject,
    fields: Mapping[str, Any],
    agency: Agency,
    case: str,
    by: Actor,
    at: datetime,
    number: str = "",
    replaces: Licence | None = None,
    made_as: VersionKind = VersionKind.FIRST,
    holders: Sequence[Held] = (),
    valid_to: date | None = None,
) -> Licence:
    """制证: write a licence that is not yet valid. Whoever deals with cases of the agency, or the platform.

    fields: key fields of the kind (others are left out); number, issuer and holder are filled in where not given.
    replaces: the version that this one takes the place of, once signed (换发、变更、延续: the same serial, the next
    version). holders: all of them, where there are several. Raises Forbidden, NotInForce, BeingReplaced, Invalid.
    """
    access.require_make(agency.pk, by=by)
    if replaces is not None:
        replaces = _replaceable(replaces)
        made_as = VersionKind.REPLACED if made_as == VersionKind.FIRST else made_as
    serial = replaces.serial if replaces else new_serial(at, vars(kind).pop("drawn_serial", None))
    shown, rows = number or _number(kind, fields, serial), several(holder, holders)
    licence = Licence.objects.create(
        kind=kind, holder=holder, agency=agency, serial=serial, version=_next_version(replaces) if replaces else 1,
        replaces=replaces, made_as=made_as, number=shown, holder_name=_names(holder, rows),
        holders_digest=digest_of(rows), fields=filled(kind, fields, _own(shown, agency.name, holder)),
        valid_to=valid_to, case=case, token=secrets.token_urlsafe(16), drawn_by=by.user, drawn_at=at,
    )  # fmt: skip
    keep(licence, rows)
    tell_all(licence, "licence_drawn_up", by=by, at=at, kind=kind.code, case=case)
    return licence


@command
def redraw(licence: Licence, *, replaces: Licence | None, made_as: VersionKind, by: Actor, at: datetime) -> Licence:
    """Before it is signed: the draft is the next version of that licence, or of none (a new one). Who makes licences.

    Raises NotADraft, NotInForce, BeingReplaced, Forbidden, and Invalid for a licence of another kind, agency or holder.
    """
    licence = locked(licence)
    access.require_make(licence.agency_id, by=by)
    if licence.state != State.DRAWN:
        raise NotADraft
    if replaces is not None:
        replaces = _replaceable(replaces, draft=licence)
        _require_same(licence, replaces)
    licence.replaces, licence.version = replaces, _next_version(replaces, licence) if replaces else 1
    licence.made_as = VersionKind.FIRST if replaces is None else made_as
    licence.serial = replaces.serial if replaces else new_serial(at)
    bare = {key: value for key, value in licence.fields.items() if key != "certificate_no"}
    licence.number = replaces.number if replaces else _number(licence.kind, bare, licence.serial)
    known = _own(licence.number, licence.issuer, licence.holder)
    licence.fields = filled(licence.kind, carried(replaces) | bare, known)
    licence.save(update_fields=["replaces", "version", "made_as", "serial", "number", "fields"])
    tell_all(licence, "licence_redrawn", by=by, at=at, replaces=licence.replaces_id, made_as=licence.made_as)
    return licence


@command
def sign(licence: Licence, *, by: Actor, at: datetime) -> Licence:
    """签发: give it its identifier, dates and signature; from now on it holds. Not by whoever drew it up.

    Of two who sign at once the second is told that it is signed. Its layout file is made after the commit.
    Speaks LicenceSigned. Raises AlreadySigned, SameHands, Forbidden, NotInForce, KeyStoreUnavailable, NoKeyLeft.
    """
    (licence,) = _for_signing(licence.pk)
    access.require_sign(licence.agency_id, by=by)
    if licence.state != State.DRAWN:
        raise AlreadySigned
    if by.user is not None and by.user == licence.drawn_by:
        raise SameHands
    if licence.replaces_id:
        _supersede(licence.replaces_id, at)
    _date(licence, day_of(at), at)
    # Read with the licence itself: signing is in everybody's way.
    licence.layout_id = vars(licence)["layout_now"]
    seal(licence, by=by, at=at, key=_key_read_with(licence))
    licence.save()
    _tell_signed(licence, by=by, at=at)
    return licence


@command
def take_in(
    kind: LicenceKind,
    *,
    holder: Subject,
    fields: Mapping[str, Any],
    agency: Agency,
    number: str,
    by: Actor,
    at: datetime,
    valid_from: date | None = None,
    valid_to: date | None = None,
    trust: Trust = Trust.A,
    file: StoredFile | None = None,
    holders: Sequence[Held] = (),
) -> Licence:
    """Register a licence that was issued before, with its own number and dates. The platform or an administrator.

    Speaks LicenceSigned. Raises Forbidden, Invalid, KeyStoreUnavailable, NoKeyLeft.
    """
    access.require_take_in(by)
    rows = several(holder, holders)
    licence = Licence(
        kind=kind, holder=holder, agency=agency, serial=new_serial(at), number=number, holder_name=_names(holder, rows),
        holders_digest=digest_of(rows), fields=filled(kind, fields, _own(number, agency.name, holder)), trust=trust,
        valid_from=valid_from, valid_to=valid_to, issued_at=at, token=secrets.token_urlsafe(16), drawn_by=by.user,
        drawn_at=at, file=file,
    )  # fmt: skip
    seal(licence, by=by, at=at)
    licence.save()
    keep(licence, rows)
    _tell_signed(licence, by=by, at=at)
    return licence


@command
def discard(licence: Licence, *, reason: str, by: Actor, at: datetime) -> Licence:
    """制证作废: a draft that isn't to be signed. Whoever deals with the agency's cases. Raises NotADraft, Forbidden."""
    licence = locked(licence)
    access.require_make(licence.agency_id, by=by)
    if licence.state != State.DRAWN:
        raise NotADraft
    licence.state, licence.ended_kind, licence.ended_at = State.REVOKED, EndKind.DISCARDED, at
    licence.ended_why, licence.ended_by = reason[:500], by.user
    licence.save(update_fields=["state", "ended_kind", "ended_at", "ended_why", "ended_by"])
    tell_all(licence, "licence_discarded", by=by, at=at, ground=licence.ended_why)
    return licence


def locked(licence: Licence) -> Licence:
    """The licence as it is now, held until the command ends."""
    (fresh,) = _locking(licence.pk)
    return fresh


@prepared
def _locking(key: int) -> QuerySet[Licence]:
    return Licence.objects.select_for_update(of=("self",)).select_related("kind", "agency", "holder").filter(pk=key)


@prepared
def _for_signing(key: int) -> QuerySet[Licence]:
    """The same with the kind's newest layout and the key that signs for the agency now, in one statement."""
    layouts = KindLayout.objects.filter(kind=OuterRef("kind")).order_by("-version")
    keys = current_keys(OuterRef("agency__code"), KeyKind.SM2)
    rows = Licence.objects.select_for_update(of=("self",)).select_related("kind", "agency", "holder").filter(pk=key)
    return rows.annotate(
        layout_now=Subquery(layouts.values("pk")[:1]),
        key_now=Subquery(keys.values("pk")[:1]),
        key_name=Subquery(keys.values("name")[:1]),
    )


def _key_read_with(licence: Licence) -> SigningKey | None:
    read = vars(licence)
    return key_known(read["key_now"], read["key_name"]) if read["key_now"] else None


def carried(old: Licence | None) -> dict[str, Any]:
    """What a next version says where nobody says otherwise: what stands on the old one, but what the office gives."""
    return {key: value for key, value in old.fields.items() if key not in GIVEN} if old else {}


def _require_same(licence: Licence, replaces: Licence) -> None:
    """The next version of a licence is of its kind, agency and holder."""
    mine = set(same_person(licence.holder_id))
    same = (licence.kind_id, licence.agency_id) == (replaces.kind_id, replaces.agency_id)
    if not same or not mine & set(chains_of(replaces)):
        message = said("新版本须与旧版本同种、同一机关、同一持证人。")
        raise Invalid([{"field": "replaces", "code": "another_licence", "message": message}])


def _replaceable(licence: Licence, draft: Licence | None = None) -> Licence:
    """Only what is in force (or ran out by its date) has a next version, and one at a time. draft: not counted."""
    licence = locked(licence)
    if licence.state != State.SIGNED:
        raise NotInForce(state=State(licence.state).label)
    if followers(licence.pk).exclude(pk=draft.pk if draft else 0).exists():
        raise BeingReplaced
    return licence


def _next_version(replaces: Licence, draft: Licence | None = None) -> int:
    """Counted on from the last of this serial: an annulled version keeps its number. draft: not counted."""
    rows = Licence.objects.filter(kind=replaces.kind_id, agency=replaces.agency_id, serial=replaces.serial)
    rows = rows.exclude(ended_kind=EndKind.DISCARDED).exclude(pk=draft.pk if draft else 0)
    return int(rows.aggregate(last=Max("version"))["last"] or 0) + 1


def _supersede(key: int, at: datetime) -> None:
    """The old version gives way, if it is still in force: what was revoked meanwhile has no next version."""
    (old,) = _locking(key)
    if old.state != State.SIGNED:
        raise NotInForce(state=State(old.state).label)
    Licence.objects.filter(pk=key).update(state=State.SUPERSEDED, ended_at=at)


def new_serial(at: datetime, number: int | None = None) -> str:
    """A number that no licence bears. number: drawn already, with the kind (`queries.kind_to_draw`)."""
    if number is None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT nextval('vault_serial')")
            (number,) = cursor.fetchone()
    return f"{day_of(at).year}{number:09d}"


def _number(kind: LicenceKind, fields: Mapping[str, Any], serial: str) -> str:
    """Only a licence without a number of its own (the business licence) bears the firm's code as its number."""
    code = "" if "certificate_no" in kind.key_fields else fields.get("uscc")
    return str(fields.get("certificate_no") or code or serial)


def _names(holder: Subject, rows: Sequence[LicenceHolder]) -> str:
    return "、".join(row.name for row in rows) or holder.name


def _own(number: str, issuer: str, holder: Subject) -> dict[str, str]:
    """What the city itself knows of a licence's fields."""
    return {"certificate_no": number, "issuer": issuer, "holder_name": holder.name}


def filled(kind: LicenceKind, fields: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    """The kind's key fields in their order; what the city itself knows is added."""
    values = dict(known) | {key: value for key, value in fields.items() if value not in (None, "")}
    return {key: values[key] for key in kind.key_fields if key in values}


def _date(licence: Licence, day: date, at: datetime) -> None:
    years = licence.kind.validity_years
    licence.issued_at, licence.valid_from = at, licence.valid_from or day
    if years and licence.valid_to is None:
        licence.valid_to = add_months(licence.valid_from, 12 * years) - timedelta(days=1)
    dates = {"issue_date": day, "valid_from": licence.valid_from, "valid_to": licence.valid_to}
    known = {key: value.isoformat() for key, value in dates.items() if value}
    licence.fields = filled(licence.kind, licence.fields, known)


def _tell_signed(licence: Licence, *, by: Actor, at: datetime) -> None:
    tell_all(
        licence, "licence_signed", by=by, at=at, kind=licence.kind.code, identifier=licence.identifier,
        case=licence.case,
    )  # fmt: skip
    speak(events.LicenceSigned(licence.pk, licence.holder_id, licence.kind.code, licence.case, at))
