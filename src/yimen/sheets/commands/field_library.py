"""Defining and retiring fields of the library (数据元)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pydantic import ValidationError

from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.errors import Invalid, Refusal
from yimen.kit.time import day_of
from yimen.ledger.commands import record
from yimen.sheets.access import require_define
from yimen.sheets.choices import LibraryDocument
from yimen.sheets.models import LibraryField
from yimen.sheets.queries.elements import NoSuchElement


class OtherKind(Refusal):
    code = "element_has_another_kind"
    sentence = "“{name}”已经按另一种填写方式在用，不能改变；请停用它，另立一个数据元。"


class AlreadyRetired(Refusal):
    code = "element_retired"
    sentence = "“{name}”已经停用。"


class BadReplacement(Refusal):
    code = "element_replacement"
    sentence = "代替它的数据元不存在或者也已经停用，请另选一个。"


@dataclass(frozen=True)
class Loaded:
    """How many fields a file brought: new, changed, unchanged."""

    new: int
    changed: int
    unchanged: int


@command
def define_field(document: LibraryDocument, *, by: Actor, at: datetime) -> LibraryField:
    """Make a field of the library, or say better what it is. Its kind stays: forms and answers rely on it.

    Who: an editor of the whole city's catalogue or an administrator. Raises Forbidden, OtherKind, AlreadyRetired.
    """
    require_define(by)
    known = LibraryField.objects.select_for_update().filter(code=document.code).first()
    if known and known.retired:
        raise AlreadyRetired(name=known.name)
    if known and known.doc.kind is not document.kind:
        raise OtherKind(name=known.name)
    since = known.since if known else document.since or day_of(at)
    stands = document.model_copy(update={"since": since, "retired": None, "replaced_by": None})
    row = _kept(known or LibraryField(code=document.code, since=since, revision=0), stands)
    record(_chain(row), "changed" if known else "defined", by=by, at=at, name=row.name, kind=str(stands.kind))
    return row


@command
def retire_field(code: str, *, replaced_by: str | None, by: Actor, at: datetime) -> LibraryField:
    """From now on no form should ask it; what asks it already keeps its meaning. replaced_by: what is asked instead.

    Who: as define_field. Raises NoSuchElement, AlreadyRetired, BadReplacement.
    """
    require_define(by)
    row = LibraryField.objects.select_for_update().filter(code=code).first()
    if row is None:
        raise NoSuchElement(element=code)
    if row.retired:
        raise AlreadyRetired(name=row.name)
    successor = _successor(replaced_by, code) if replaced_by else None
    row.retired, row.replaced_by = day_of(at), successor
    _kept(row, row.doc.model_copy(update={"retired": row.retired, "replaced_by": replaced_by or None}))
    record(_chain(row), "retired", by=by, at=at, replaced_by=replaced_by or "")
    return row


@command
def load_library(fields: Iterable[Mapping[str, Any]], *, by: Actor, at: datetime) -> Loaded:
    """Take a file's fields into the library; what stands there already as the file says it stays untouched.

    Raises Invalid (which field, what is wrong), and what define_field raises.
    """
    require_define(by)
    known = {row.code: row for row in LibraryField.objects.all()}
    documents = {document.code: document for raw in fields for document in [_read(raw)]}
    new = [_fresh(each, day_of(at)) for code, each in documents.items() if code not in known]
    changed = [
        each for code, each in documents.items() if code in known and _essence(known[code].doc) != _essence(each)
    ]
    LibraryField.objects.bulk_create(new)
    for each in changed:
        define_field(each, by=by, at=at)
    record("library", "loaded", by=by, at=at, new=[row.code for row in new], changed=[each.code for each in changed])
    return Loaded(len(new), len(changed), len(documents) - len(new) - len(changed))


def _fresh(document: LibraryDocument, today: date) -> LibraryField:
    since = document.since or today
    stands = document.model_copy(update={"since": since, "retired": None, "replaced_by": None})
    return LibraryField(
        code=stands.code,
        name=stands.name,
        since=since,
        document=stands.model_dump(mode="json", exclude_defaults=True),
    )


def _kept(row: LibraryField, document: LibraryDocument) -> LibraryField:
    row.name, row.document = document.name, document.model_dump(mode="json", exclude_defaults=True)
    row.revision += 1
    row.__dict__.pop("doc", None)
    row.save()
    return row


def _successor(code: str, of: str) -> LibraryField:
    found = LibraryField.objects.filter(code=code, retired=None).exclude(code=of).first()
    if found is None:
        raise BadReplacement
    return found


def _read(raw: Mapping[str, Any]) -> LibraryDocument:
    try:
        return LibraryDocument.model_validate(raw)
    except ValidationError as wrong:
        place = str(raw.get("code", ""))
        raise Invalid(
            [{"field": f"{place}.{'.'.join(map(str, each['loc']))}", "code": each["type"], "message": each["msg"]}
             for each in wrong.errors()]
        ) from None  # fmt: skip


def _essence(document: LibraryDocument) -> LibraryDocument:
    return document.model_copy(update={"since": date.min, "retired": None, "replaced_by": None})


def _chain(row: LibraryField) -> str:
    return f"element:{row.code}"
