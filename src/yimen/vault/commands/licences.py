"""Licences: drawn up by one, signed by another, revoked with a reason; existing ones taken in."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import QuerySet

from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.crypto import signer
from yimen.kit.errors import Refusal
from yimen.kit.events import speak
from yimen.kit.prepared import prepared
from yimen.kit.time import day_of
from yimen.law.counting import add_months
from yimen.law.identifiers import make_licence_identifier
from yimen.ledger.choices import subject_chain
from yimen.ledger.commands import record
from yimen.vault import access, events, queries
from yimen.vault.choices import State, Trust
from yimen.vault.models import Licence, LicenceKind

if TYPE_CHECKING:
    from yimen.city.models import Agency
    from yimen.files.models import StoredFile
    from yimen.identity.models import Subject


class AlreadySigned(Refusal):
    code = "licence_already_signed"
    sentence = "该证照已经签发，不能重复签发。"


class NotSigned(Refusal):
    code = "licence_not_signed"
    sentence = "只有已签发的证照才能废止。"


class SameHands(Refusal):
    code = "drawn_and_signed_by_one"
    sentence = "制证和签发须由不同的人办理，请由其他人员签发。"
    status = 403


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
) -> Licence:
    """制证: write a licence that is not yet valid. Whoever deals with cases of the agency, or the platform.

    fields: key fields of the kind (others are left out); number, issuer and holder are filled in where not given.
    replaces: the version that this one takes the place of, once signed. Raises Forbidden.
    """
    access.require_make(agency.pk, by=by)
    serial = replaces.serial if replaces else _serial(at)
    # Only a licence without a number of its own (the business licence) bears the firm's code as its number.
    code = "" if "certificate_no" in kind.key_fields else fields.get("uscc")
    shown = number or str(fields.get("certificate_no") or code or serial)
    licence = Licence.objects.create(
        kind=kind,
        holder=holder,
        agency=agency,
        serial=serial,
        version=replaces.version + 1 if replaces else 1,
        replaces=replaces,
        number=shown,
        holder_name=holder.name,
        fields=_filled(kind, fields, {"certificate_no": shown, "issuer": agency.name, "holder_name": holder.name}),
        case=case,
        token=secrets.token_urlsafe(16),
        drawn_by=by.user,
        drawn_at=at,
    )
    record(subject_chain(holder.pk), "licence_drawn_up", by=by, at=at, licence=licence.pk, kind=kind.code, case=case)
    return licence


@command
def sign(licence: Licence, *, by: Actor, at: datetime) -> Licence:
    """签发: give it its identifier, dates and signature; from now on it holds. Not by whoever drew it up.

    Speaks LicenceSigned. Raises AlreadySigned, SameHands, Forbidden.
    """
    licence = _locked(licence)
    access.require_make(licence.agency_id, by=by)
    if licence.state != State.DRAWN:
        raise AlreadySigned
    if by.user is not None and by.user == licence.drawn_by:
        raise SameHands
    _date(licence, day_of(at), at)
    _seal(licence, by)
    licence.save()
    if licence.replaces_id:
        Licence.objects.filter(pk=licence.replaces_id).update(state=State.SUPERSEDED, ended_at=at)
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
) -> Licence:
    """Register a licence that was issued before, with its own number and dates. The platform or an administrator.

    Speaks LicenceSigned. Raises Forbidden.
    """
    access.require_take_in(by)
    licence = Licence(
        kind=kind,
        holder=holder,
        agency=agency,
        serial=_serial(at),
        number=number,
        holder_name=holder.name,
        fields=_filled(kind, fields, {"certificate_no": number, "issuer": agency.name, "holder_name": holder.name}),
        trust=trust,
        valid_from=valid_from,
        valid_to=valid_to,
        issued_at=at,
        token=secrets.token_urlsafe(16),
        drawn_by=by.user,
        drawn_at=at,
        file=file,
    )
    _seal(licence, by)
    licence.save()
    _tell_signed(licence, by=by, at=at)
    return licence


@command
def revoke(licence: Licence, *, reason: str, by: Actor, at: datetime) -> Licence:
    """废止 (吊销、注销): it holds no longer. Whoever deals with cases of the agency, or the platform.

    Speaks LicenceRevoked. Raises NotSigned, Forbidden.
    """
    licence = _locked(licence)
    access.require_make(licence.agency_id, by=by)
    if licence.state not in (State.SIGNED, State.SUSPENDED):
        raise NotSigned
    licence.state, licence.ended_at, licence.ended_why = State.REVOKED, at, reason[:500]
    licence.save(update_fields=["state", "ended_at", "ended_why"])
    chain = subject_chain(licence.holder_id)
    record(chain, "licence_revoked", by=by, at=at, ground=licence.ended_why, licence=licence.pk)
    speak(events.LicenceRevoked(licence.pk, licence.holder_id, licence.kind.code, at))
    return licence


def _locked(licence: Licence) -> Licence:
    (fresh,) = _locking(licence.pk)
    return fresh


@prepared
def _locking(key: int) -> QuerySet[Licence]:
    return Licence.objects.select_for_update(of=("self",)).select_related("kind", "agency", "holder").filter(pk=key)


def _serial(at: datetime) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('vault_serial')")
        (number,) = cursor.fetchone()
    return f"{day_of(at).year}{number:09d}"


def _filled(kind: LicenceKind, fields: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
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
    licence.fields = _filled(licence.kind, licence.fields, known)


def _seal(licence: Licence, by: Actor) -> None:
    licence.identifier = make_licence_identifier(
        queries.type_code(licence.kind), queries.issuer_code(licence.agency), licence.serial, licence.version
    )
    licence.state, licence.signed_by = State.SIGNED, by.user
    licence.signature = signer().sign(licence.agency.code, queries.digest(licence))


def _tell_signed(licence: Licence, *, by: Actor, at: datetime) -> None:
    record(
        subject_chain(licence.holder_id), "licence_signed", by=by, at=at,
        licence=licence.pk, kind=licence.kind.code, identifier=licence.identifier, case=licence.case,
    )  # fmt: skip
    speak(events.LicenceSigned(licence.pk, licence.holder_id, licence.kind.code, licence.case, at))
