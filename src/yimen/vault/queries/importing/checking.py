"""Is a row of an old register fit to become a licence? Every reason is told, each with the column it is about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache, partial
from typing import Any

from yimen.identity.access import plain_name
from yimen.identity.choices import Document
from yimen.law.counting import add_months
from yimen.law.documents import DocumentKind, check_document
from yimen.law.identifiers import normalise
from yimen.law.licence_rows import FOR_EVER, LONGEST_VALUE, day_of, number_of, number_wrong
from yimen.vault.choices import FieldType, HolderKind
from yimen.vault.choices.batches import (
    DOCUMENT,
    FROM,
    HOLDER,
    HOLDER_NUMBER,
    ISSUED,
    ISSUER,
    NUMBER,
    SCAN,
    TO,
)  # fmt: skip
from yimen.vault.models import Batch
from yimen.vault.queries.importing.mapping import number_key, targets
from yimen.vault.queries.importing.tables import LOST, ROUGH, Cells, Odd

LONGEST_NAME = 120
CHECKED = (FieldType.DATE, FieldType.CITIZEN_ID, FieldType.USCC)
Reasons = list[tuple[int, str]]
DOCUMENTS = {plain: each for each in Document for plain in (str(each.label), str(each.value))} | {
    "身份证": Document.CITIZEN_ID,
    "信用代码": Document.USCC,
    "营业执照": Document.USCC,
    "港澳居民通行证": Document.HK_MACAO_PERMIT,
    "回乡证": Document.HK_MACAO_PERMIT,
    "台胞证": Document.TAIWAN_PERMIT,
}


@dataclass(slots=True)
class Found:
    """A row that is fit: number; the holder by document and name; days (last: None for ever); fields by key; scan."""

    number: str
    document: str
    holder_number: str
    holder: str
    issued: date
    first: date
    last: date | None
    fields: dict[str, str] = field(default_factory=dict)
    scan: str = ""


class Checker:
    """The checks of one batch, put together once: rows come by the hundred thousand."""

    def __init__(self, batch: Batch, today: date) -> None:
        self.places: dict[str, int] = batch.mapping
        self.today, self.mask, self.agency = today, batch.mask, batch.agency.name
        self.kind, self.holders = batch.kind, HolderKind(batch.kind.holder_kind)
        self.issuers = {plain_name(each) for each in (batch.agency.name, batch.agency.short, *batch.issuers) if each}
        self.required = frozenset(batch.required)
        self.own = [
            (each, self.places[each.key]) for each in targets(batch.kind) if each.own and each.key in self.places
        ]
        self.years = batch.kind.validity_years
        self.number_key = number_key(batch.kind)
        self.mapped = sorted(set(self.places.values()))

    def check(self, cells: Cells) -> tuple[Found | None, Reasons]:
        """The row, or why not."""
        wrong = self._odd(cells)
        if wrong:
            return None, wrong
        tell = partial(self._tell, wrong)
        document, number = self._holder_number(cells, tell)
        name = self._name(cells, tell)
        licence = self._number(cells, number, tell)
        issued, first, last = self._days(cells, tell)
        fields = self._fields(cells, wrong)
        self._issuer(cells, fields, tell)
        if wrong or issued is None or first is None:
            return None, wrong
        found = Found(licence, document, number, name, issued, first, last, fields, self._text(cells, SCAN))
        self._fill(found)
        return found, wrong

    def _tell(self, wrong: Reasons, key: str, why: str) -> None:
        wrong.append((self.places.get(key, 0), why))

    def _odd(self, cells: Cells) -> Reasons:
        """Cells that office programs have spoilt, before anything is made of them."""
        wrong = []
        for place in self.mapped:
            cell = cells[place]
            if type(cell) is Odd:
                wrong.append((place, cell.why))
            elif cell and not cell.isprintable() and not cell.replace("\n", "").replace("\r", "").isprintable():
                wrong.append((place, "含有看不见的控制字符"))
            elif "+" in cell and ROUGH.fullmatch(cell.strip()):
                wrong.append((place, LOST))
        return wrong

    def _text(self, cells: Cells, key: str) -> str:
        place = self.places.get(key)
        return "" if place is None else cells[place].strip()

    def _holder_number(self, cells: Cells, tell: Callable[[str, str], None]) -> tuple[str, str]:
        number, said = normalise(self._text(cells, HOLDER_NUMBER)), self._text(cells, DOCUMENT)
        if not number:
            tell(HOLDER_NUMBER, "缺少持证人证件号码")
            return "", ""
        document = DOCUMENTS.get(said) if said else self._likely(number)
        if document is None:
            tell(DOCUMENT, "没有这种证件类型")
            return "", number
        if (document == Document.USCC) == (self.holders == HolderKind.NATURAL) and self.holders != HolderKind.BOTH:
            tell(HOLDER_NUMBER, "这种证照的持证人应为" + str(HolderKind(self.holders).label))
            return "", number
        verdict = check_document(DocumentKind(document), number, today=self.today)
        if not verdict:
            tell(HOLDER_NUMBER, str(verdict.why).rstrip("。"))
        return document.value, number

    def _likely(self, number: str) -> Document:
        """What a number without a word about it is: a firm's, or a citizen's."""
        if self.holders == HolderKind.LEGAL:
            return Document.USCC
        if self.holders == HolderKind.NATURAL:
            return Document.CITIZEN_ID
        citizen = number[:17].isdigit() and check_document(DocumentKind.CITIZEN_ID, number, today=self.today)
        return Document.CITIZEN_ID if citizen else Document.USCC

    def _name(self, cells: Cells, tell: Callable[[str, str], None]) -> str:
        name = " ".join(self._text(cells, HOLDER).split())
        if not name:
            tell(HOLDER, "缺少持证人姓名（名称）")
        elif len(name) > LONGEST_NAME:
            tell(HOLDER, "姓名（名称）超过120个字")
        elif name.isdigit():
            tell(HOLDER, "姓名（名称）不能全是数字")
        return name

    def _number(self, cells: Cells, holder: str, tell: Callable[[str, str], None]) -> str:
        if not self.number_key:
            return holder
        number = number_of(self._text(cells, NUMBER))
        why = number_wrong(number, self.mask) if number else "缺少编号"
        if why:
            tell(NUMBER, f"{why}（应为 {self.mask}）" if why == "编号格式不对" else why)
        return number

    def _days(self, cells: Cells, tell: Callable[[str, str], None]) -> tuple[date | None, date | None, date | None]:
        """Issued, first, last. Where one of the first two stands, it is the other too."""
        issued, first = self._day(cells, ISSUED, tell), self._day(cells, FROM, tell)
        if issued and issued > self.today:
            tell(ISSUED, "发证日期晚于今天")
        written = self._text(cells, TO)
        last = None if written in FOR_EVER else self._day(cells, TO, tell)
        if not issued and not first and not self._text(cells, ISSUED) and not self._text(cells, FROM):
            tell(ISSUED if ISSUED in self.places else FROM, "缺少发证日期（有效期起始日期）")
        if not written and TO in self.required:
            tell(TO, "缺少有效期截止日期（长期有效的请填“长期”）")
        first = first or issued
        if first and not written and self.years:
            last = add_months(first, 12 * self.years) - timedelta(days=1)
        if first and last and last < first:
            tell(TO, "有效期截止日期早于起始日期")
        return issued or first, first, last

    def _day(self, cells: Cells, key: str, tell: Callable[[str, str], None]) -> date | None:
        text = self._text(cells, key)
        if not text:
            return None
        day = day_of(text)
        if day is None:
            tell(key, "日期不对，请按 2015-03-02 的样式填写")
        return day

    def _fields(self, cells: Cells, wrong: Reasons) -> dict[str, str]:
        fields = {}
        for target, place in self.own:
            text = cells[place].strip()
            if not text:
                if target.key in self.required:
                    wrong.append((place, "不能为空"))
            elif len(text) > LONGEST_VALUE:
                wrong.append((place, "内容超过1000个字"))
            else:
                value, why = _typed(text, target.type, self.today) if target.type in CHECKED else (text, "")
                fields[target.own] = value
                if why:
                    wrong.append((place, why))
        return fields

    def _issuer(self, cells: Cells, fields: dict[str, str], tell: Callable[[str, str], None]) -> None:
        issuer = self._text(cells, ISSUER)
        if issuer and issuer not in self.issuers and plain_name(issuer) not in self.issuers:
            tell(ISSUER, "不是本批次的发证机关，也不在登记的曾用名中")
        elif issuer:
            fields["issuer"] = issuer

    def _fill(self, found: Found) -> None:
        """What the other columns say of the kind's own fields."""
        known: dict[str, Any] = {
            "holder_name": found.holder,
            "name": found.holder,
            self.number_key or "": found.number,
            "id_number": found.holder_number if found.document != Document.USCC else "",
            "uscc": found.holder_number if found.document == Document.USCC else "",
            "issuer": self.agency,
            "issue_date": found.issued.isoformat(),
            "valid_from": found.first.isoformat(),
            "valid_to": found.last.isoformat() if found.last else "",
        }
        values = known | found.fields
        found.fields = {key: values[key] for key in self.kind.key_fields if values.get(key)}


@lru_cache(maxsize=50_000)
def _typed(text: str, kind: FieldType, today: date) -> tuple[str, str]:
    """The value as the library keeps it, and why it is none."""
    if kind == FieldType.DATE:
        day = day_of(text)
        return (
            (day.isoformat(), "") if day else (text, "" if text in FOR_EVER else "日期不对，请按 2015-03-02 的样式填写")
        )
    if kind in (FieldType.CITIZEN_ID, FieldType.USCC):
        number = normalise(text)
        verdict = check_document(DocumentKind(kind.value), number, today=today)
        return number, "" if verdict else str(verdict.why).rstrip("。")
    return text, ""
