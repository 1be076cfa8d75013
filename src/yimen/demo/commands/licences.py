"""Licences in use: one that ends soon, one that was shown and checked, one that a reviewer looked at from a case."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings

from yimen.cases import queries as cases
from yimen.city import queries as places
from yimen.demo.commands.walks import Hands
from yimen.demo.queries import paper
from yimen.kit.actor import Actor
from yimen.kit.errors import Refusal
from yimen.kit.time import day_of
from yimen.law.presenting import Standing
from yimen.vault import commands as vault
from yimen.vault import queries as licences

if TYPE_CHECKING:
    from yimen.demo.commands.city import Founded
    from yimen.identity.models import Subject
    from yimen.vault.models import Licence

MARRIED, STUDIED = "marriage_certificate", "diploma"
ELSEWHERE = vault.Outside("广州市天河区民政局", "广东省广州市")
ENDING, IN_DAYS, AGO, TAKEN_IN = "hygiene_permit", 20, timedelta(days=1440), timedelta(days=399)


def use_licences(city: Founded, *, at: datetime) -> None:
    """Everything by the verbs that everybody uses; what this city's catalogue doesn't have is left out."""
    _ending_soon(city.firm, at)
    _shown_and_checked(city.citizen, at - timedelta(days=2, hours=3))
    _looked_at(city.firm, at - timedelta(hours=4))
    _uploaded(city, at)
    vault.tell_expiries(at=at)


def _ending_soon(firm: Subject, at: datetime) -> None:
    kind = licences.kind_named(ENDING)
    if kind is None:
        return
    agency = places.agencies().get(code=f"{settings.YIMEN_CITY_DIVISION}-{kind.issuing_department}")
    vault.take_in(
        kind, holder=firm, fields={"name": firm.name}, agency=agency, number="卫公证字〔2022〕第0118号",
        valid_from=day_of(at - AGO), valid_to=day_of(at) + timedelta(days=IN_DAYS), by=Actor.system(), at=at - TAKEN_IN,
    )  # fmt: skip


def _uploaded(city: Founded, at: datetime) -> None:
    """Two that the library has no data of: one of another place, compared with its original; one that waits for it."""
    sent, seen = at - timedelta(days=6), at - timedelta(days=4, hours=2)
    elsewhere = _upload(city.citizen, MARRIED, "J440106-2019-003218", sent, outside=ELSEWHERE)
    if elsewhere is not None:
        clerk = Hands(seen).clerk
        vault.verify_original(elsewhere, device="高拍仪 2 号", note="红色封面原件", by=clerk, at=seen)
    _upload(city.citizen, STUDIED, "106315202005001234", at - timedelta(days=1))


def _upload(
    citizen: Subject, code: str, number: str, at: datetime, *, outside: vault.Outside | None = None
) -> Licence | None:
    kind = licences.kind_named(code)
    if kind is None:
        return None
    agency = places.agencies().filter(code=f"{settings.YIMEN_CITY_DIVISION}-{kind.issuing_department}").first()
    scan = paper(f"{kind.name}（扫描件）", day_of(at))
    return vault.upload(
        kind, holder=citizen, agency=None if outside else agency, outside=outside, number=number, fields={},
        scan=(f"{kind.name}.pdf", scan), issued_on=day_of(at) - timedelta(days=2000), by=Hands(at).citizen, at=at,
    )  # fmt: skip


def _shown_and_checked(citizen: Subject, at: datetime) -> None:
    held = _newest(citizen)
    if held is None:
        return
    shown = licences.shown_code(vault.present(held, by=Hands(at).citizen, at=at).code)
    if shown is not None:
        vault.take(shown, checker="demonstration", told=Standing.VALID, by=Actor(), at=at + timedelta(seconds=12))


def _looked_at(firm: Subject, at: datetime) -> None:
    """The first open case of the firm that may use one of its licences."""
    reviewer = Hands(at).reviewer
    for case in cases.seen_by(reviewer, at).filter(subject=firm).order_by("-id")[:12]:
        try:
            usable = licences.for_matter(vault.opened_case(case.number, by=reviewer, at=at))
        except Refusal:
            continue
        if usable:
            vault.opened(usable[0].pk, case=case.number, purpose="核对申请人身份", by=reviewer, at=at)
            return


def _newest(subject: Subject) -> Licence | None:
    held = licences.held_by([subject.pk]).first()
    return licences.own_licence(held.pk) if held is not None else None
