"""What programs send to the licence library, and what it answers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import Field, Json, StringConstraints

from yimen.kit.rest import Asked, Given, Shape
from yimen.kit.telling import translated
from yimen.law.said import said
from yimen.vault.choices import STANDING_WORDS
from yimen.vault.models import Licence, LicenceKind, LicenceUse
from yimen.vault.queries import (
    Check,
    Line,
    card,
    facts,
    kind_fields,
    layout_of,
    newest,
    shown_number,
    standing_of,
    type_code,
)

MOST = 100
UNKNOWN = said("没有这个码，或者它不是本平台签发的。")
Code = Annotated[str, StringConstraints(min_length=1, max_length=64)]


class ChecksGiven(Given):
    """Codes that are printed on licences, at most a hundred."""

    codes: Annotated[list[Code], Field(min_length=1, max_length=MOST)]


class UseGiven(Given):
    """case: the number of an open case that needs the licence. purpose: stands in the log that its holder reads."""

    case: Annotated[str, StringConstraints(max_length=60)] = ""
    purpose: Annotated[str, StringConstraints(max_length=200)] = ""


class CiteGiven(Given):
    """number: of a licence that an agency of the case's own department issued to the applicant."""

    number: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    purpose: Annotated[str, StringConstraints(max_length=200)] = ""


class LicenceUpload(Given):
    """Beside the scan. agency: code of the body that issued it; of another place's: left out, and its name in outside,

    where that is in outside_region. holder: id of whom one files for, left out: oneself.
    fields: what stands on it, as JSON: {key: value}, days as YYYY-MM-DD.
    """

    kind: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    agency: Annotated[str, StringConstraints(max_length=40)] = ""
    outside: Annotated[str, StringConstraints(max_length=100)] = ""
    outside_region: Annotated[str, StringConstraints(max_length=60)] = ""
    number: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    holder: Annotated[int, Field(ge=1, lt=2**63)] | None = None
    issued_on: date | None = None
    valid_to: date | None = None
    fields: Annotated[Json[dict[str, str]], Field(max_length=60)] = {}


class ReasonGiven(Given):
    reason: Annotated[str, StringConstraints(min_length=1, max_length=500)]


class CompareGiven(Given):
    """case: an open one that needs the licence. valid_to: the original's last day; left out, what stood there stays."""

    case: Annotated[str, StringConstraints(max_length=60)]
    device: Annotated[str, StringConstraints(max_length=60)] = ""
    note: Annotated[str, StringConstraints(max_length=300)] = ""
    valid_to: date | None = None


class UsesAsked(Asked):
    cursor: Annotated[str, StringConstraints(max_length=200)] | None = None
    size: Annotated[int, Field(ge=1, le=100)] = 20


class CheckShape(Shape):
    """standing: valid not_yet expired suspended frozen unseen revoked superseded key_revoked tampered, or unknown."""

    code: str
    found: bool
    valid: bool
    standing: str
    reason: str
    kind: str = ""
    holder: str = ""
    number: str = ""
    issuer: str = ""
    issued_on: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    identifier: str = ""
    checked_at: datetime


class LicenceLine(Shape):
    id: int
    kind: str
    name: str
    number: str
    holder: str
    issuer: str
    issued_on: date | None
    valid_to: date | None
    standing: str


class LicenceShape(LicenceLine):
    """facts: what stands on it, label and value."""

    identifier: str
    facts: list[dict[str, str]]


class CodeShape(Shape):
    """address: what the QR says. expires_in: seconds."""

    code: str
    address: str
    expires_in: int


class UseShape(Shape):
    at: datetime
    what: str
    words: str
    by: str


def checked(code: str, check: Check | None, at: datetime) -> CheckShape:
    """The same shape for a code that nobody ever had."""
    if check is None:
        words = translated(UNKNOWN)
        return CheckShape(code=code, found=False, valid=False, standing="unknown", reason=words, checked_at=at)
    return CheckShape(
        code=code,
        found=True,
        valid=check.valid,
        standing=check.standing,
        reason=translated(STANDING_WORDS[check.standing][1]),
        kind=check.kind,
        holder=check.holder,
        number=check.number,
        issuer=check.issuer,
        issued_on=check.issued_on,
        valid_from=check.valid_from,
        valid_to=check.valid_to,
        identifier=check.identifier,
        checked_at=check.checked_at,
    )


def line(licence: Licence, at: datetime) -> dict[str, Any]:
    """A licence in a list: a person's number masked."""
    face = card(licence, at)
    return {
        "id": licence.pk,
        "kind": licence.kind.code,
        "name": licence.kind.name,
        "number": shown_number(licence),
        "holder": licence.holder_name,
        "issuer": licence.issuer,
        "issued_on": face["issued"],
        "valid_to": licence.valid_to,
        "standing": standing_of(licence, at),
    }


def whole(licence: Licence, at: datetime) -> dict[str, Any]:
    """With what stands on it."""
    written = [{"label": fact.label, "value": fact.value} for fact in facts(licence)]
    return line(licence, at) | {"identifier": licence.identifier or "", "facts": written}


def use(one: LicenceUse, told: Line) -> UseShape:
    return UseShape(at=one.at, what=one.kind, words=" · ".join(filter(None, (told.title, told.text))), by=told.by)


class KindLine(Shape):
    """A kind of licence. type_code: 证照类型代码 (GB/T 36904). holder: natural, legal or both."""

    code: str
    name: str
    type_code: str
    department: str
    holder: str
    validity: str
    validity_years: int | None


class KindFieldShape(Shape):
    """One field: its key in answers and prefill, its label as printed, type, and who may read it."""

    key: str
    label: str
    type: str
    sensitivity: str


class KindShape(KindLine):
    """With its fields, and the newest layout: its form, the keys printed in their order."""

    fields: list[KindFieldShape]
    layout: str
    printed: list[str]


def kind_line(kind: LicenceKind) -> KindLine:
    return KindLine(**_kind(kind))


def kind_shape(kind: LicenceKind) -> KindShape:
    layout = layout_of(kind, newest(kind))
    described = [KindFieldShape(**field.model_dump(mode="json")) for field in kind_fields(kind)]
    printed = [entry.key for entry in layout.entries]
    return KindShape(**_kind(kind), fields=described, layout=layout.form.value, printed=printed)


def _kind(kind: LicenceKind) -> dict[str, Any]:
    return {
        "code": kind.code, "name": kind.name, "type_code": type_code(kind), "department": kind.issuing_department,
        "holder": kind.holder_kind, "validity": kind.validity, "validity_years": kind.validity_years,
    }  # fmt: skip
