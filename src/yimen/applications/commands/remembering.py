"""What somebody keeps to be filled in for them (常用信息): typed, corrected, forgotten, or not remembered at all.

个人信息保护法 44, 45, 47: everybody sees, corrects and deletes what is kept of them. Nothing is copied aside: earlier
answers stay where they lie, and what is forgotten here is only used no more.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from yimen.applications import access
from yimen.applications.models import Remembered
from yimen.applications.queries.memory import ALL
from yimen.applications.queries.remembered import as_sheet, keepable
from yimen.identity.access import keys_of
from yimen.identity.commands import update_profile
from yimen.identity.queries import same_person
from yimen.identity.queries import subject as registered
from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.errors import Invalid
from yimen.kit.time import day_of
from yimen.ledger import commands as ledger
from yimen.ledger.choices import subject_chain
from yimen.sheets.queries import check, library_field
from yimen.sheets.queries.values import empty

if TYPE_CHECKING:
    from yimen.identity.models import Subject


@command
def remember(subject: Subject, element: str, value: Any, *, by: Actor, at: datetime) -> Remembered:
    """Keep a value for a field of the library; what earlier applications say of it counts no more.

    Who may: the person, whoever speaks for a firm or ward. Raises MayNotKeep, NoSuchElement, NotKeepable, Invalid.
    """
    access.require_speaking(by, subject, at)
    field = keepable(library_field(element), subject)
    clean, errors = check(as_sheet(field), {"value": value}, today=day_of(at))
    if errors:
        raise Invalid([{"field": each["field"], "code": each["code"], "message": each["message"]} for each in errors])
    if empty(clean.get("value")):
        raise Invalid([{"field": "value", "code": "required", "message": "请填写内容；不想再保留的，请删除。"}])
    row = _row(subject, element, by, at)
    row.value, row.said_at, row.forgets = clean["value"], at, at
    row.save()
    ledger.record(subject_chain(subject.pk), "usual_kept", by=by.acting_for(subject.pk), at=at, field=element)
    return row


@command
def forget(subject: Subject, element: str = ALL, *, by: Actor, at: datetime) -> None:
    """Delete what is kept for a field, or everything: typed values go, earlier applications say nothing about it any

    more, and what the profile holds is taken out (but the telephone that one signs in with). Raises MayNotKeep.
    """
    access.require_speaking(by, subject, at)
    if element:
        library_field(element)
    kept = Remembered.objects.filter(subject__in=same_person(subject.pk))
    (kept.filter(element=element) if element else kept.exclude(element=ALL)).delete()
    row = _row(subject, element, by, at)
    row.value, row.said_at, row.forgets = None, None, at
    row.save()
    profile = registered(subject.pk).profile
    held = [key for key in keys_of(subject) if key in profile and key != "phone"]
    gone = [key for key in held if not element or element == f"{subject.prefix}.{key}"]
    if gone:
        update_profile(subject, changes=dict.fromkeys(gone, ""), by=by, at=at)
    ledger.record(
        subject_chain(subject.pk), "usual_forgotten", by=by.acting_for(subject.pk), at=at, field=element or None
    )


@command
def switch_remembering(subject: Subject, *, on: bool, by: Actor, at: datetime) -> None:
    """Off: neither what is kept here nor earlier answers fill a form by themselves. Raises MayNotKeep."""
    access.require_speaking(by, subject, at)
    if on:
        Remembered.objects.filter(subject__in=same_person(subject.pk), element=ALL).update(off=False)
    row = _row(subject, ALL, by, at)
    row.off = not on
    row.save()
    ledger.record(subject_chain(subject.pk), "usual_on" if on else "usual_off", by=by.acting_for(subject.pk), at=at)


def _row(subject: Subject, element: str, by: Actor, at: datetime) -> Remembered:
    """Locked; made where there is none yet."""
    fresh = Remembered(subject=subject, element=element, changed_at=at, changed_by_id=by.account)
    Remembered.objects.bulk_create([fresh], ignore_conflicts=True)
    row = Remembered.objects.select_for_update().get(subject=subject, element=element)
    row.changed_at, row.changed_by_id = at, by.account
    return row
