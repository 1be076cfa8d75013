"""Finding licences, lending their fields, and checking one."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import BigIntegerField, Exists, Func, OuterRef, Q, QuerySet, Subquery, Value

from yimen.identity.access import records
from yimen.kit.actor import Actor
from yimen.kit.commands import keep_once, read_once
from yimen.kit.prepared import prepared
from yimen.kit.time import day_of
from yimen.ledger.commands import look
from yimen.sheets.ports import Origin, Prefilled
from yimen.vault.choices import EndKind, State, Trust, field_label, stand_in_uscc
from yimen.vault.models import Freeze, Licence, LicenceHolder, LicenceKind
from yimen.vault.queries.kinds import labels

if TYPE_CHECKING:
    from yimen.city.models import Agency

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class Fact:
    """One labelled value on a licence."""

    label: str
    value: str


def kind_named(code: str) -> LicenceKind | None:
    """The kind of a code."""
    return LicenceKind.objects.filter(code=code).first()


def kind_to_draw(code: str) -> LicenceKind | None:
    """The kind of a code with the serial of a licence to be drawn up: one statement for both. A gap harms nobody."""
    serial = Func(Value("vault_serial"), function="nextval", output_field=BigIntegerField())
    return LicenceKind.objects.filter(code=code).annotate(drawn_serial=serial).first()


def kinds() -> dict[str, LicenceKind]:
    """All kinds by code; read once for a page."""
    return read_once("vault.kinds", lambda: {kind.code: kind for kind in LicenceKind.objects.all()})


def held_by(subjects: Sequence[int]) -> QuerySet[Licence]:
    """The licences of some subjects that were ever signed, newest first; superseded ones left out."""
    signed = Licence.objects.exclude(state__in=[State.DRAWN, State.SUPERSEDED]).exclude(ended_kind=EndKind.DISCARDED)
    shared = LicenceHolder.objects.filter(subject__in=subjects).values("licence")
    signed = signed.filter(Q(holder__in=subjects) | Q(pk__in=shared))
    return signed.select_related("kind", "agency").order_by("-issued_at", "-pk")


def unseen_of(subjects: Sequence[int]) -> list[Licence]:
    """What somebody uploaded and no clerk has compared with its original yet, the oldest first."""
    return list(held_by(subjects).filter(trust=Trust.C, state=State.SIGNED).order_by("pk"))


def one(pk: int) -> Licence | None:
    """A licence with what its page needs."""
    return _whole().filter(pk=pk).first()


def valid_of(subject: int, kind: str, at: datetime) -> Licence | None:
    """The valid licence of a kind that a subject holds, the most trusted and newest first."""
    return valid_of_kinds([subject], [kind], at).get(kind)


def valid_of_kinds(subjects: Sequence[int], wanted: Sequence[str], at: datetime) -> dict[str, Licence]:
    """{kind: the valid licence}, the most trusted and newest; of several subjects the first one's counts.

    What its holder uploaded and no clerk has compared (level C) counts nowhere yet.

    One statement per subject, once per command or page.
    """
    found: dict[str, Licence] = {}
    for subject in subjects:
        for licence in _best_of_each_kind(subject, day_of(at)):
            found.setdefault(licence.kind.code, licence)
    return {kind: found[kind] for kind in wanted if kind in found}


def valid_of_any(subjects: Sequence[int], wanted: Sequence[str], at: datetime) -> list[Licence]:
    """Of each kind the valid licence that any of some records holds, the most trusted and newest. One statement."""
    if not wanted or not subjects:
        return []
    day, persons = day_of(at), list(subjects)
    shared = LicenceHolder.objects.filter(subject__in=persons).values("licence")
    rows = (
        Licence.objects.filter(Q(holder__in=persons) | Q(pk__in=shared), kind__code__in=wanted, state=State.SIGNED)
        .filter(Q(valid_to=None) | Q(valid_to__gte=day), Q(valid_from=None) | Q(valid_from__lte=day))
        .exclude(trust=Trust.C)
        .exclude(Exists(Freeze.objects.filter(licence=OuterRef("pk"), lifted_at=None)))
    )
    best = rows.order_by("kind_id", "trust", "-issued_at", "-pk").distinct("kind_id")
    return list(best.select_related("kind", "agency"))


def _best_of_each_kind(subject: int, day: date) -> list[Licence]:
    return keep_once(f"vault.best:{subject}:{day}", lambda: _best(subject, day))


@prepared
def _best(subject: int, day: date) -> QuerySet[Licence]:
    """The index gives the best of each kind first: however many shops a firm has licensed, one row per kind is read."""
    valid = (
        Licence.objects.filter(holder__in=records(subject), kind=OuterRef("pk"), state=State.SIGNED)
        .filter(Q(valid_to=None) | Q(valid_to__gte=day), Q(valid_from=None) | Q(valid_from__lte=day))
        .exclude(trust=Trust.C)
        .exclude(Exists(Freeze.objects.filter(licence=OuterRef("pk"), lifted_at=None)))
        .order_by("trust", "-issued_at", "-pk")
    )
    kinds = LicenceKind.objects.order_by().annotate(best=Subquery(valid.values("pk")[:1]))
    found = kinds.values("best").union(_shared(subject, day), all=True)
    rows = Licence.objects.filter(pk__in=found).select_related("kind", "agency")
    return rows.order_by("kind_id", "trust", "-issued_at", "-pk")


def _shared(subject: int, day: date) -> QuerySet[LicenceHolder, Any]:
    """What somebody holds together with others and is not the first to: a handful."""
    return (
        LicenceHolder.objects.filter(subject__in=records(subject), licence__state=State.SIGNED)
        .filter(Q(licence__valid_to=None) | Q(licence__valid_to__gte=day))
        .filter(Q(licence__valid_from=None) | Q(licence__valid_from__lte=day))
        .exclude(licence__trust=Trust.C)
        .exclude(Exists(Freeze.objects.filter(licence=OuterRef("licence"), lifted_at=None)))
        .order_by()
        .values("licence")
    )


def field_value(subject: int, kind: str, key: str, at: datetime) -> Prefilled | None:
    """A field of a valid licence of trust A or B, with its source: what a form may be filled with."""
    licence = valid_of(subject, kind, at)
    return _lent(licence, key) if licence else None


def _lent(licence: Licence, key: str) -> Prefilled | None:
    if licence.trust not in (Trust.A, Trust.B) or key not in licence.fields:
        return None
    issued_on = day_of(licence.issued_at) if licence.issued_at else None
    return Prefilled(
        licence.fields[key], licence.kind.name, issued_on, Origin.LICENCE,
        level=licence.trust, ref=f"licence:{licence.pk}.{key}", office=licence.agency_id,
    )  # fmt: skip


def known_from_licences(subject: int, keys: Collection[str], at: datetime) -> dict[str, Prefilled]:
    """The source that vault plugs into sheets; keys: `<kind>.<key field>`."""
    asked = [(key, *key.partition(".")[::2]) for key in keys]
    held = valid_of_kinds([subject], sorted({kind for _, kind, _ in asked}), at)
    lent = {key: _lent(held[kind], name) for key, kind, name in asked if kind in held}
    return {key: value for key, value in lent.items() if value is not None}


def for_case(subject: int, kind: str, *, by: Actor, at: datetime, case: str, purpose: str) -> Licence | None:
    """The valid licence of a kind, for somebody who deals with a case: the look is recorded where its holder sees it.

    The room of cases asks first whether there is an open case that needs it (无办件不得调证).
    """
    licence = valid_of(subject, kind, at)
    if licence is not None:
        look(subject, by=by, at=at, purpose=purpose, case=case, what=f"licence:{licence.pk}")
    return licence


def type_code(kind: LicenceKind) -> str:
    """证照类型代码: the code of the body that defines the kind (here: the city) and its serial. (GB/T 36904)"""
    return f"{stand_in_uscc(settings.YIMEN_CITY_DIVISION, '证照目录')}{kind.serial:03d}"


def issuer_code(agency: Agency | None, outside: str = "") -> str:
    """证照颁发机构代码: the agency's own code, or a stand-in where none is on record. outside: another place's body."""
    if agency is None:
        return stand_in_uscc("000000", outside)
    return agency.uscc or stand_in_uscc(agency.code[:6], agency.code)


def facts(licence: Licence) -> list[Fact]:
    """The licence's fields as people read them."""
    known = labels(licence.kind)
    return [Fact(known.get(key) or field_label(key), words_of(value)) for key, value in licence.fields.items()]


def verify_address(licence: Licence) -> str:
    """The public page that says whether it is valid."""
    return f"{settings.YIMEN_ADDRESS}/l/{licence.token}"


def _whole() -> QuerySet[Licence]:
    return Licence.objects.select_related("kind", "agency", "holder", "signed_with").exclude(state=State.DRAWN)


def words_of(value: Any) -> str:
    if isinstance(value, dict):
        return "".join(str(part) for part in value.values())
    if isinstance(value, list):
        return "；".join(words_of(part) for part in value)
    return _day_words(str(value))


def _day_words(text: str) -> str:
    """2026-03-02 as a licence prints it, in Chinese whoever reads it; what is no day stays as it is."""
    try:
        day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return text
    return f"{day.year}年{day.month}月{day.day}日" if day else text
