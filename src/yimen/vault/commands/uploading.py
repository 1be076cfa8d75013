"""Licences that the city has no data of: their holder uploads a scan (C), a clerk compares the original (B).

国办函〔2016〕108号, 证照信息可信等级; docs/rules/trust.md. Before it is compared it is believed nowhere.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, TYPE_CHECKING

from django.conf import settings

from yimen.files.commands import store
from yimen.identity.queries import same_person
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.crypto import keyed_hash
from yimen.kit.errors import Forbidden, Invalid
from yimen.kit.time import day_of, midnight
from yimen.law.said import said
from yimen.law.trust import Act, after
from yimen.ledger.choices import subject_chain
from yimen.notices import commands as notices
from yimen.vault import access
from yimen.vault.choices import EndKind, HolderKind, State, Trust
from yimen.vault.commands.holders import tell_all
from yimen.vault.commands.licences import filled, locked, new_serial
from yimen.vault.commands.refusals import AlreadyHere, NotAnUpload, TooManyUploads
from yimen.vault.commands.sealing import seal
from yimen.vault.commands.trusting import verify_original
from yimen.vault.commands.using import opened
from yimen.vault.models import Licence, LicenceKind
from yimen.vault.queries.importing.scans import judged
from yimen.vault.queries.kinds import GIVEN, wrong_values

if TYPE_CHECKING:
    from yimen.city.models import Agency
    from yimen.files.models import StoredFile
    from yimen.identity.models import Subject

LONGEST_NUMBER, COMPARING = 120, "核验原件"


@dataclass(frozen=True)
class Outside:
    """A body of another place that issued a licence, as it is written on it. region: where that is, if it was said."""

    name: str = ""
    region: str = ""

    @property
    def words(self) -> str:
        """As pages name it."""
        return Licence(outside=self.name, outside_region=self.region).issuer

    def tidy(self) -> Outside:
        """Blanks set right, no longer than what is kept."""
        return Outside(" ".join(self.name.split())[:100], " ".join(self.region.split())[:60])


@command
def upload(
    kind: LicenceKind,
    *,
    holder: Subject,
    agency: Agency | None = None,
    outside: Outside | None = None,
    number: str,
    fields: Mapping[str, str],
    scan: tuple[str, IO[bytes] | bytes] | StoredFile,
    by: Actor,
    at: datetime,
    issued_on: date | None = None,
    valid_to: date | None = None,
) -> Licence:
    """上传已有证照: of level C, signed by the platform as what it was told, until a clerk has seen the original.

    The holder, and whoever may file everything for them. agency: who issued it; outside: a body of another place did.
    scan: (name, content), or what was kept of a form that was refused.
    Raises Forbidden, Invalid, AlreadyHere, TooManyUploads, what files refuse.
    """
    if holder.pk not in access.uploads_for(by, at):
        raise Forbidden
    number = " ".join(number.split())[:LONGEST_NUMBER]
    of = Outside() if agency else (outside or Outside()).tidy()
    _require_right(kind, holder, agency or of, number, fields, issued_on, valid_to, day_of(at))
    _require_new(kind, holder, number)
    kept = _stored(*scan, holder.pk, by, at) if isinstance(scan, tuple) else scan
    given = {key: value for key, value in fields.items() if key not in GIVEN}
    known = {"certificate_no": number, "issuer": agency.name if agency else of.words, "holder_name": holder.name}
    known |= _dates(issued_on, valid_to)
    licence = Licence(
        kind=kind, holder=holder, agency=agency, outside=of.name, outside_region=of.region,
        serial=new_serial(at), number=number, holder_name=holder.name,
        fields=filled(kind, given, known), trust=Trust(after(None, Act.UPLOADED) or Trust.C), valid_to=valid_to,
        issued_at=midnight(issued_on) if issued_on else at, token=secrets.token_urlsafe(16), drawn_by=by.user,
        drawn_at=at, file=kept,
    )  # fmt: skip
    seal(licence, by=by, at=at)
    licence.save()
    tell_all(licence, "licence_uploaded", by=by, at=at, kind=kind.code, file=kept.sha256)
    return licence


@command
def keep_scan(name: str, content: IO[bytes] | bytes, *, by: Actor, at: datetime) -> StoredFile:
    """A scan whose form was refused stays with whoever sent it and isn't asked for again. Raises as `upload` of it."""
    if by.subject is None:
        raise Forbidden
    return _stored(name, content, by.subject, by, at)


def _stored(name: str, content: IO[bytes] | bytes, subject: int, by: Actor, at: datetime) -> StoredFile:
    limit = settings.YIMEN_UPLOAD_LIMIT + 1
    seen = judged(name, content if isinstance(content, bytes) else bytes(content.read(limit)))
    return store(name=seen.name, content=seen.content, by=by, at=at, about=subject_chain(subject))


@command
def take_back(licence: Licence, *, reason: str, by: Actor, at: datetime) -> Licence:
    """An upload is deleted by its holder, or set aside by a clerk who finds that it isn't the original's.

    The row and the file stay: nothing uploaded is lost. Raises NotAnUpload, Forbidden, Invalid.
    """
    licence = locked(licence)
    own = access.may_take_back(licence, by=by, at=at)
    if not own:
        access.require_verify(by)
    if licence.trust != Trust.C or licence.state != State.SIGNED:
        raise NotAnUpload
    if not reason.strip():
        raise Invalid([{"field": "reason", "code": "required", "message": said("请写明理由。")}])
    licence.state, licence.ended_kind, licence.ended_at = State.REVOKED, EndKind.DISCARDED, at
    licence.ended_why, licence.ended_by = reason.strip()[:500], by.user
    licence.save(update_fields=["state", "ended_kind", "ended_at", "ended_why", "ended_by"])
    if not own:
        _tell_set_aside(licence, by, at)
    tell_all(licence, "licence_upload_taken_back", by=by, at=at, ground=licence.ended_why)
    return licence


def compare(
    pk: int, *, case: str, by: Actor, at: datetime, device: str = "", note: str = "", valid_to: date | None = None
) -> Licence:
    """核验原件 from an open case that needs it: a use like any other, and the move from C to B.

    Raises what `opened` and `verify_original` raise.
    """
    licence, _use, _matter = opened(pk, case=case, purpose=COMPARING, by=by, at=at)
    return verify_original(licence, device=device, note=note, valid_to=valid_to, by=by, at=at)


def _tell_set_aside(licence: Licence, by: Actor, at: datetime) -> None:
    body = said(
        "您上传的“{kind}”经窗口核对，与原件不一致，没有采用。原因：{why}", kind=licence.kind.name, why=licence.ended_why
    )
    notices.send(
        subject=licence.holder_id, about="", title=said("上传的证照没有采用"), body=body,
        once=f"licence-upload:{licence.pk}", by=by, at=at,
    )  # fmt: skip


def _dates(issued_on: date | None, valid_to: date | None) -> dict[str, str]:
    told = {"issue_date": issued_on, "valid_to": valid_to}
    return {key: day.isoformat() for key, day in told.items() if day}


def _require_right(
    kind: LicenceKind, holder: Subject, issuer: Agency | Outside, number: str, fields: Mapping[str, str],
    issued_on: date | None, valid_to: date | None, today: date,
) -> None:  # fmt: skip
    """Raises Invalid with everything that is wrong, by name."""
    fitting = (HolderKind.BOTH, HolderKind.NATURAL if holder.is_person else HolderKind.LEGAL)
    late = valid_to is not None and valid_to < today
    nobody = isinstance(issuer, Outside) and not issuer.name
    another = not isinstance(issuer, Outside) and issuer.department != kind.issuing_department
    wrong = [
        ("kind", "wrong_holder", said("这种证照不发给这类持证人。"), kind.holder_kind not in fitting),
        ("agency", "wrong_agency", said("这种证照不由这个机关颁发。"), another),
        ("outside", "required", said("请照证照上写的填写颁发机关的名称。"), nobody),
        ("number", "required", said("请填写证照编号。"), not number),
        ("issued_on", "in_future", said("签发日期不能晚于今天。"), issued_on is not None and issued_on > today),
        ("valid_to", "expired", said("这份证照已经过期，上传后也不能使用。"), late),
    ]  # fmt: skip
    errors = [
        {"field": field, "code": code, "message": message} for field, code, message, is_wrong in wrong if is_wrong
    ]
    if errors := errors + wrong_values(kind, fields, today):
        raise Invalid(errors)


def _require_new(kind: LicenceKind, holder: Subject, number: str) -> None:
    """What the city has already isn't uploaded; and nobody fills the library with what no clerk will ever see."""
    mine = Licence.objects.filter(holder__in=same_person(holder.pk), state=State.SIGNED)
    if mine.filter(kind=kind, number_hash=keyed_hash(number)).exists():
        raise AlreadyHere(kind=kind.name, number=number)
    if mine.filter(trust=Trust.C).count() >= settings.YIMEN_UPLOADED_LICENCES:
        raise TooManyUploads(most=settings.YIMEN_UPLOADED_LICENCES)
