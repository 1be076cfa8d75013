"""Whom to ask and where to go (rule 7). Rules in words: docs/rules/catalogue.md"""

from __future__ import annotations

import re
from collections.abc import Iterator

from yimen.law.said import said, several

from .finding import Hit
from .levelling import levelled
from .shapes import Contacts, Edition, Place

_NUMBERS = re.compile(r"[0-9][0-9 \-－—]*[0-9]|[0-9]")
# Reached from everywhere without an area code: service numbers (12345, 110, 95598), 400/800, mobiles.
_EVERYWHERE = re.compile(r"1[0-9]{2}|1[0-9]{4,5}|9[0-9]{4,7}|[48]00[0-9]{7}|1[3-9][0-9]{9}")
_WITH_AREA = re.compile(r"0[0-9]{9,11}(?:[0-9]{1,4})?|86[0-9]{9,11}")
_PRECISE = re.compile(
    r"[0-9０-９一二三四五六七八九十百]+\s*(?:号|楼|层|室|栋|幢|座|区|窗)|窗口|[A-Za-z][0-9]+|路口|旁|对面"
)
_DAYS = re.compile(r"工作日|周[一二三四五六日天末]|星期|24\s*小时|全天|全年|每[日天周]|法定节假日|节假日")


def hits(document: Edition) -> Iterator[Hit]:
    """Everything about contacts and places."""
    yield from _contacts(document.contacts)
    if not document.places:
        yield Hit("place_missing", "places", "没有写办理地点。", "写明到哪个大厅、哪个窗口办，什么时间办。")
    for number, place in enumerate(document.places):
        yield from _place(place, f"places[{number}]")
        if place.phone:
            yield from _phone(place.phone, f"places[{number}].phone")


def without_area(text: str) -> bool:
    """Is there a fixed line in the text that can't be reached from elsewhere?"""
    numbers = [re.sub(r"[^0-9]", "", each) for each in _NUMBERS.findall(re.sub(r"[()（）]", "-", text))]
    return any(
        len(each) >= 5 and not _EVERYWHERE.fullmatch(each) and not _WITH_AREA.fullmatch(each) for each in numbers
    )


def _contacts(contacts: Contacts) -> Iterator[Hit]:
    consult, supervise = contacts.consult_phone, contacts.supervise_phone
    missing = [
        name
        for name, value in ((said("咨询电话"), consult), (said("监督投诉电话"), supervise))
        if not _digits(value or "")
    ]
    if missing:
        yield Hit(
            "contact_missing",
            "contacts",
            said("没有{names}。", names=several(missing, "和")),
            "写明电话，两个电话不能相同。",
        )
    if not missing and consult and supervise and _digits(consult) == _digits(supervise):
        sentence = "咨询电话和监督投诉电话相同，投诉会打给被投诉的人。"
        whole = ((0, len(supervise)),)
        yield Hit("contact_same", "contacts.supervise_phone", sentence, "监督投诉写另一个电话。", supervise, whole)
    for name, number in (("consult_phone", consult), ("supervise_phone", supervise)):
        yield from _phone(number or "", f"contacts.{name}")


def _phone(text: str, place: str) -> Iterator[Hit]:
    if without_area(text):
        yield Hit(
            "phone_without_area",
            place,
            said("电话“{number}”没有区号。", number=text),
            "加上区号，如 0753-2180001。",
            text,
        )


def _place(place: Place, where: str) -> Iterator[Hit]:
    if not place.window and not _PRECISE.search(place.address):
        sentence = said("地址“{address}”没有写到门牌或者窗口。", address=place.address)
        yield Hit("place_imprecise", f"{where}.address", sentence, "写到门牌号，或者写明窗口。", place.address)
    if not _DAYS.search(levelled(place.hours or "").plain):
        told = said("“{name}”没有写办理时间。", name=place.name)
        if place.hours:
            told = said("“{name}”办理时间“{hours}”没有写明哪几天。", name=place.name, hours=place.hours)
        remedy = "写明工作日（或星期几、24 小时）和钟点。"
        yield Hit("hours_unclear", f"{where}.hours", told, remedy, place.hours or "")
    if not place.buses and not place.directions:
        yield Hit(
            "buses_missing",
            f"{where}.buses",
            said("“{name}”没有写乘车线路。", name=place.name),
            "写明乘几路车到哪一站。",
            place.name,
        )


def _digits(text: str) -> str:
    return re.sub(r"[^0-9]", "", text)
