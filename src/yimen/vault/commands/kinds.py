"""Defining kinds of licences, and how their licences look from now on."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max

from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.errors import Invalid
from yimen.law.said import said, several
from yimen.ledger.commands import record
from yimen.vault import access, queries
from yimen.vault.choices import KindDocument, LayoutDocument
from yimen.vault.models import KindLayout, LicenceKind


@command
def define_kind(document: KindDocument, *, by: Actor, at: datetime) -> LicenceKind:
    """Make or change a kind of licence. Its serial (part of every identifier) is given once and stays.

    Administrator, catalogue editor, the platform. fields the file is silent about keep their descriptions.
    Raises Forbidden.
    """
    access.require_define(by)
    values = queries.values_of(document)
    known = LicenceKind.objects.select_for_update().filter(code=document.code).first()
    if known is None:
        last = LicenceKind.objects.aggregate(last=Max("serial"))["last"] or 0
        kind = LicenceKind.objects.create(code=document.code, serial=last + 1, **values)
    else:
        kind = known
        if document.fields is None:
            said = {row["key"]: row for row in kind.fields}
            values["fields"] = [said.get(row["key"], row) for row in values["fields"]]
        for name, value in values.items():
            setattr(kind, name, value)
        kind.save(update_fields=sorted(values))
    if document.layout is not None and queries.layout_of(kind, queries.newest(kind)) != document.layout:
        set_layout(kind, document.layout, by=by, at=at)
    record(f"licence_kind:{kind.code}", "changed" if known else "defined", by=by, at=at, fields=values["key_fields"])
    return kind


@command
def set_layout(kind: LicenceKind, layout: LayoutDocument, *, by: Actor, at: datetime) -> KindLayout:
    """How licences of a kind look from their next signing on; older ones keep theirs.

    Administrator, catalogue editor, the platform. Raises Forbidden, Invalid.
    """
    access.require_define(by)
    LicenceKind.objects.select_for_update().get(pk=kind.pk)
    unknown = {entry.key for entry in layout.entries} - set(kind.key_fields)
    if unknown:
        told = said("证照种类中没有这些字段：{fields}", fields=several(sorted(unknown)))
        raise Invalid([{"field": "entries", "code": "unknown_field", "message": told}])
    last = queries.newest(kind)
    made = KindLayout.objects.create(
        kind=kind, version=last.version + 1 if last else 1, document=layout.model_dump(mode="json"),
        since=at, made_by=by.user,
    )  # fmt: skip
    record(f"licence_kind:{kind.code}", "layout_set", by=by, at=at, version=made.version, form=layout.form)
    return made
