"""What is remembered of somebody, field by field of the library: typed, in the profile, or from an application."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from yimen.applications.queries.consents import may_reuse
from yimen.applications.queries.earlier import written
from yimen.applications.queries.memory import Memory, memory
from yimen.identity.access import keys_of
from yimen.identity.choices import Document
from yimen.identity.queries import same_person
from yimen.kit.actor import Actor
from yimen.kit.errors import Refusal
from yimen.kit.time import day_of
from yimen.law.prefill import same
from yimen.sheets.choices import FormField, Kind, LibraryDocument, Sensitivity
from yimen.sheets.queries import library
from yimen.sheets.queries.prefilling import NEVER

if TYPE_CHECKING:
    from yimen.identity.models import Subject


class NotKeepable(Refusal):
    """Registers vouch for it, or it is never filled in for anybody."""

    code = "not_keepable"
    sentence = "“{name}”不能在这里保存：由登记信息、证照提供，或者每次都要本人填写。"
    status = 422


class Way(StrEnum):
    """How it came to be known."""

    TYPED = "typed"
    PROFILE = "profile"
    APPLICATION = "application"


@dataclass(frozen=True)
class Usual:
    """One value. on: since when; number, item: of the application that says so; everywhere: also for other items."""

    element: LibraryDocument
    value: Any
    way: Way
    on: date | None
    number: str = ""
    item: str = ""
    everywhere: bool = True

    @property
    def sensitive(self) -> bool:
        return self.element.sensitivity == Sensitivity.SENSITIVE


@dataclass(frozen=True)
class UsualForm:
    """A form of one question."""

    form_fields: tuple[FormField, ...]


def switched_off(subject: Subject) -> bool:
    """Is nothing used of what was written before?"""
    own = same_person(subject.pk)
    return memory(own).off(own)


def usual(subject: Subject, *, by: Actor, at: datetime) -> list[Usual]:
    """Everything that would fill a form, in the order of the library; what says the same is one.

    What an application says is newer than what was typed: typing forgets it. Without consent it serves its item only.
    """
    own = same_person(subject.pk)
    told, kept, consent = written(subject, by=by, at=at), memory(own), may_reuse(subject, at)
    found: list[Usual] = []
    for code, element in library().fields.items():
        if code in vouched_for(subject):
            continue
        here: list[Usual] = []
        if (one := told.get(code)) is not None:
            everywhere = consent and not one.sensitive
            day = day_of(one.on)
            here.append(Usual(element, one.value, Way.APPLICATION, day, one.number, one.item, everywhere))
        here += _held(subject, kept, own, element)
        found += [each for n, each in enumerate(here) if not any(same(each.value, one.value) for one in here[:n])]
    return found


def _held(subject: Subject, kept: Memory, own: tuple[int, ...], element: LibraryDocument) -> list[Usual]:
    found = []
    row = kept.kept(own, element.code)
    if row is not None and row.said_at is not None:
        found.append(Usual(element, row.value, Way.TYPED, day_of(row.said_at)))
    key = element.code.removeprefix(f"{subject.prefix}.")
    value = subject.profile.get(key) if key in keys_of(subject) else None
    if value:
        day = subject.profile_days.get(key)
        found.append(Usual(element, value, Way.PROFILE, date.fromisoformat(day) if day else None))
    return sorted(found, key=lambda each: each.on or date.min, reverse=True)


def keepable(element: LibraryDocument, subject: Subject) -> LibraryDocument:
    """What somebody may keep by typing it: what forms fill in, and no register vouches for. Raises NotKeepable."""
    if not _keepable(element, subject):
        raise NotKeepable(name=element.name)
    return element


def offered(subject: Subject) -> list[LibraryDocument]:
    """The fields among which somebody may choose one to keep."""
    return [each for each in library().fields.values() if _keepable(each, subject)]


def vouched_for(subject: Subject) -> frozenset[str]:
    """What the register says, whatever somebody types: who they are, and what their citizen number tells."""
    number = {"person.birth_date", "person.gender"} if subject.document == Document.CITIZEN_ID else set()
    return frozenset({"person.name", "person.id_number", "org.name", "org.uscc"} | number)


def _keepable(element: LibraryDocument, subject: Subject) -> bool:
    proven = vouched_for(subject)
    topic = element.code.split(".")[0]
    others = "person" if not subject.is_person else "org"
    unfit = element.kind.value in NEVER or element.kind is Kind.TABLE
    return not (element.retired or unfit or element.code in proven or topic == others)


def as_sheet(element: LibraryDocument) -> UsualForm:
    """The question that asks for it."""
    asked = element.model_dump(exclude_defaults=True, include={"choices", "code_list", "unit", "format"})
    field = {
        "name": "value",
        "label": element.name,
        "type": element.kind,
        "hint": element.meaning,
        "required": True,
        **asked,
    }
    return UsualForm((FormField.model_validate(field),))
