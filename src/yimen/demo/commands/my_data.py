"""What people do about their own data: a licence frozen, something put right, a look that seemed wrong, one person
entered twice; and a firm that files many at once.
"""

from __future__ import annotations

import io
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import openpyxl
from django.conf import settings

from yimen.applications.commands import batches
from yimen.applications.queries.batches import layout, write
from yimen.applications.queries.batches.layout import FIRST, SHEET
from yimen.catalog import queries as catalog
from yimen.city import queries as places
from yimen.demo.choices import HOME, OTHER_NAMES
from yimen.demo.commands.walks import Hands
from yimen.demo.queries import sample
from yimen.identity import commands as identity
from yimen.identity import queries as people
from yimen.identity.choices import REGISTER, Document, Finding
from yimen.kit.actor import Actor
from yimen.kit.errors import NotFound
from yimen.kit.time import day_of
from yimen.law.checkdigits import mod_11_2
from yimen.sheets.choices import FormField
from yimen.sheets.queries.values import GivenFile
from yimen.vault import commands as vault
from yimen.vault import queries as licences

if TYPE_CHECKING:
    from yimen.catalog.choices import EditionDocument
    from yimen.demo.commands.city import Founded
    from yimen.identity.models import Subject

CARD, MANY = "social_security_card", "outdoor-signboard"
TWICE = "44140219061108006"
SHOPS: tuple[dict[str, Any], ...] = (
    {"text": "客家味道 江南店", "size": "6 米 × 1.2 米 × 0.3 米", "height_from_ground": 3.2},
    {"text": "客家味道 金山店", "size": "4 米 × 1.0 米 × 0.3 米", "height_from_ground": "三米左右"},
    {"text": "客家味道 凌风店", "size": "5 米 × 1.0 米 × 0.2 米", "height_from_ground": 2.8},
)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def look_after_data(city: Founded, *, at: datetime) -> None:
    """Everything by the verbs that everybody uses; what this city's catalogue doesn't have is left out."""
    _frozen(city.citizen, at)
    _corrected(city.citizen, at)
    _looked_wrong(city.firm, at - HOUR)
    _entered_twice(at - DAY)
    _many_at_once(city.firm, at - HOUR)


def _frozen(citizen: Subject, at: datetime) -> None:
    """The card is lost; the new one is applied for."""
    kind = licences.kind_named(CARD)
    if kind is None:
        return
    agency = places.agencies().get(code=f"{settings.YIMEN_CITY_DIVISION}-{kind.issuing_department}")
    card = vault.take_in(
        kind, holder=citizen, fields={"name": citizen.name, "id_number": citizen.number}, agency=agency,
        number=citizen.number, valid_from=day_of(at) - 300 * DAY, by=Actor.system(), at=at - 300 * DAY,
    )  # fmt: skip
    vault.freeze(card, why="卡片丢失，正在补办", by=Hands(at - DAY).citizen, at=at - DAY)


def _corrected(citizen: Subject, at: datetime) -> None:
    """One correction is done, one waits."""
    for key, said, reason, days in (
        ("education", "研究生", "去年已经毕业，登记的还是本科。", 12),
        ("residence_address", HOME.replace("18号", "28号"), "上个月搬家了。", 2),
    ):
        value = people.value_about(citizen, REGISTER, key)
        asked = at - days * DAY
        row = identity.ask_correction(citizen, value=value, said=said, reason=reason, by=Hands(asked).citizen, at=asked)
        if key == "education":
            later = asked + 3 * DAY
            identity.answer_correction(
                row,
                finding=Finding.CORRECTED,
                answer="经核对学信网学历信息，已经更正。",
                by=Hands(later).clerk2,
                at=later,
            )


def _looked_wrong(firm: Subject, at: datetime) -> None:
    """The newest look at the firm is asked about."""
    seen = people.looks_at(firm.pk)
    if seen:
        text = "我们这几天没有要办的事，不清楚为什么查看营业执照。"
        identity.report_look(firm.pk, seen[0].seq, text=text, by=Hands(at).owner, at=at)


def _entered_twice(at: datetime) -> None:
    """A person came once with a citizen's card, once with a passport; a second clerk has to agree that it is one."""
    name, by = OTHER_NAMES[1], Hands(at).clerk2
    one = identity.register_subject(
        document=Document.CITIZEN_ID, number=TWICE + mod_11_2(TWICE), name=name, by=by, at=at
    )
    other = identity.register_subject(document=Document.PASSPORT, number="E00000018", name=name, by=by, at=at)
    proof = "当面核对居民身份证和护照，姓名、出生日期、照片一致；护照资料页记载的公民身份号码相同。"
    identity.propose_merge(one, other, proof=proof, by=by, at=at)


def _many_at_once(firm: Subject, at: datetime) -> None:
    """A workbook of three shop signs, uploaded and checked; in the second line a number is written in words."""
    with suppress(NotFound):
        edition = catalog.current(MANY)
        content, sent = _filled(edition.doc)
        upload = ("三家门店招牌.xlsx", content)
        batches.begin_batch(edition=edition, subject=firm, upload=upload, sent=sent, by=Hands(at).owner, at=at)


def _filled(document: EditionDocument) -> tuple[bytes, list[tuple[str, bytes]]]:
    """The item's own workbook as an office fills it in: what is known and what isn't asked of these is left empty.

    And the files that its cells name.
    """
    sent: dict[str, bytes] = {}
    book = openpyxl.load_workbook(io.BytesIO(write(document, {})))
    sheet = book[SHEET]
    for turn, shop in enumerate(SHOPS, 1):
        line = FIRST + turn - 1
        sheet.cell(line, 1, str(turn))
        for column, head in enumerate(layout(document).heads, 2):
            field = head.field
            if isinstance(field, FormField) and not (field.prefill or field.show_if):
                value = shop.get(field.name, sample(field))
                if isinstance(value, GivenFile):
                    sent[value.name], value = value.content, value.name
                sheet.cell(line, column, "否" if value is False else value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue(), list(sent.items())
