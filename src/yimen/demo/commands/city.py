"""Places, catalogue, posts, people: what must be there before anybody can apply."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

from yimen.catalog import commands as catalog
from yimen.city import commands as city
from yimen.city import queries as places
from yimen.city.choices import Reach, WindowKind
from yimen.demo import choices
from yimen.hall import commands as hall
from yimen.identity import commands as identity
from yimen.identity import queries as people
from yimen.identity.choices import Assurance, Document, MandateKind, Power
from yimen.kit.actor import Actor
from yimen.kit.time import day_of
from yimen.sheets import commands as sheets
from yimen.sheets import queries as known_fields
from yimen.vault import commands as vault
from yimen.vault import queries as licences

if TYPE_CHECKING:
    from yimen.city.models import Hall, Window
    from yimen.identity.models import Subject

DATA = Path(__file__).resolve().parents[1] / "data" / "catalog"
LONG_AGO = timedelta(days=400)


@dataclass(frozen=True)
class Founded:
    """What walks need to know of the city."""

    windows: dict[str, Window]
    citizen: Subject
    owner: Subject
    firm: Subject


def found(*, password: str, at: datetime, catalogue: Path = DATA) -> Founded:
    """Divisions, agencies, catalogue, hall, windows, staff, two citizens and a firm, with what they hold.

    Everything is dated long before `at`, so that cases can be walked through the past.
    """
    by, long_ago = Actor.system(), at - LONG_AGO
    sheets.load_library(known_fields.shipped(), by=by, at=long_ago)
    report = catalog.load_folder(catalogue, by=by, at=long_ago)
    if not report.ok:
        raise RuntimeError("the demonstration catalogue has bad files")
    windows = _hall(by, long_ago)
    _staff(windows, password, by, long_ago)
    citizen, owner = (_person(person, password, by, long_ago) for person in choices.PEOPLE)
    firm = _firm(owner, by, long_ago)
    _licences(citizen, owner, firm, by, long_ago)
    return Founded(windows, citizen, owner, firm)


def _hall(by: Actor, at: datetime) -> dict[str, Window]:
    place = city.put_hall(
        code="ldzw", name="岭东市政务服务中心", division=places.division(settings.YIMEN_CITY_DIVISION),
        address="岭东市梅江区江南街道府前大道1号", phone="0753-12345",
        open_hours="周一至周五（工作日）8:30-12:00，14:30-17:30", bus_lines="1路、6路、18路，政务中心站", by=by, at=at,
    )  # fmt: skip
    windows = {
        number: city.put_window(hall=place, number=number, name=name, kind=kind, by=by, at=at)
        for number, name, kind in (
            ("1", "综合服务1号窗", WindowKind.COMPREHENSIVE),
            ("2", "综合服务2号窗", WindowKind.COMPREHENSIVE),
            ("8", "咨询帮办8号窗", WindowKind.ADVICE),
            ("9", "统一出件9号窗", WindowKind.HAND_OUT),
            ("10", "办不成事反映窗口", WindowKind.CANT_GET_IT_DONE),
        )
    }
    _entrust([windows["1"], windows["2"]], by, at)
    return windows


def _entrust(windows: Iterable[Window], by: Actor, at: datetime) -> None:
    """Every agency of the city entrusts acceptance to the comprehensive windows, and instant items' decisions."""
    agencies = [agency.pk for agency in places.agencies()]
    for window in windows:
        hall.authorise_for_all(
            window=window.pk, agencies=agencies, decides_instant=True, since=day_of(at),
            document_no="岭政数委〔2025〕1号", by=by, at=at,
        )  # fmt: skip


def _staff(windows: dict[str, Window], password: str, by: Actor, at: datetime) -> None:
    own = places.agencies().get(code=f"{settings.YIMEN_CITY_DIVISION}-ZW")
    for each in choices.STAFF:
        post = city.put_post(
            code=f"post-{each.username}", name=each.post, duties=each.duties, reach=Reach.ALL,
            agency=None if each.government else own,
            window=windows.get(each.at_window), hall=_hall_of(windows, each.at_window), by=by, at=at,
        )  # fmt: skip
        user = identity.make_account(username=each.username, name=each.name, password=password, by=by, at=at)
        identity.assign_post(user, post, since=at, by=by, at=at)


def _hall_of(windows: dict[str, Window], number: str) -> Hall | None:
    return windows[number].hall if number in windows else None


def _person(person: choices.Person, password: str, by: Actor, at: datetime) -> Subject:
    subject = identity.register_subject(
        document=Document.CITIZEN_ID, number=person.number, name=person.name, assurance=Assurance.STRONG, by=by, at=at
    )
    identity.make_account(
        username=person.username, name=person.name, password=password, phone=person.phone, subject=subject, by=by, at=at
    )
    return identity.update_profile(subject, changes=person.profile, by=by, at=at)


def _firm(owner: Subject, by: Actor, at: datetime) -> Subject:
    firm = identity.register_subject(
        document=Document.USCC,
        number=choices.FIRM_CODE,
        name=choices.FIRM_NAME,
        assurance=Assurance.STRONG,
        by=by,
        at=at,
    )
    identity.update_profile(firm, changes=choices.FIRM_PROFILE, by=by, at=at)
    identity.grant_mandate(
        principal=firm, agent=owner, kind=MandateKind.LEGAL_REPRESENTATIVE, powers=Power.values, valid_from=day_of(at),
        proof="营业执照登记的法定代表人", by=by, at=at,
    )  # fmt: skip
    return firm


def _licences(citizen: Subject, owner: Subject, firm: Subject, by: Actor, at: datetime) -> None:
    for person in (citizen, owner):
        _take_in("id_card", person, person.number, {"name": person.name, "id_number": person.number}, by, at)
    _take_in(
        "household_register",
        citizen,
        "H441402000001",
        {"household_no": "H441402000001", "head_name": citizen.name},
        by,
        at,
    )
    _take_in(
        "business_licence", firm, firm.number,
        {"name": firm.name, "uscc": firm.number, "address": choices.FIRM_ADDRESS, "legal_rep_name": "李秀兰",
         "establish_date": "2025-06-18"}, by, at,
    )  # fmt: skip


def _take_in(kind: str, holder: Subject, number: str, fields: dict[str, Any], by: Actor, at: datetime) -> None:
    found = licences.kind_named(kind)
    if found is None:
        return
    agency = places.agencies().get(code=f"{settings.YIMEN_CITY_DIVISION}-{found.issuing_department}")
    vault.take_in(
        found, holder=holder, fields=fields, agency=agency, number=number, valid_from=day_of(at), by=by, at=at
    )


def is_founded() -> bool:
    return people.staff_accounts("admin").exists()
