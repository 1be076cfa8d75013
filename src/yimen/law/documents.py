"""Which document proves who somebody is, and what its number looks like. Rule in words: docs/rules/identifiers.md

A subject is (document kind, number): one number alone is not one person.
"""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum

from .checkdigits import mod_11_2
from .identifiers import citizen_id, uscc
from .said import said
from .verdicts import Verdict, date_in, judge, ok, unnormalised, wrong


class DocumentKind(StrEnum):
    """What a number was taken from."""

    CITIZEN_ID = "citizen_id"
    USCC = "uscc"
    PASSPORT = "passport"
    HK_MACAO_PERMIT = "hk_macao_permit"
    TAIWAN_PERMIT = "taiwan_permit"
    RESIDENCE_PERMIT_HMT = "residence_permit_hmt"
    FOREIGN_RESIDENT = "foreign_resident"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The document in Chinese."""
        return _LABELS[self]


_LABELS = {
    DocumentKind.CITIZEN_ID: said("居民身份证"),
    DocumentKind.USCC: said("统一社会信用代码"),
    DocumentKind.PASSPORT: said("护照"),
    DocumentKind.HK_MACAO_PERMIT: said("港澳居民来往内地通行证"),
    DocumentKind.TAIWAN_PERMIT: said("台湾居民来往大陆通行证"),
    DocumentKind.RESIDENCE_PERMIT_HMT: said("港澳台居民居住证"),
    DocumentKind.FOREIGN_RESIDENT: said("外国人永久居留身份证"),
    DocumentKind.OTHER: said("其他证件"),
}

_SHAPES = {
    DocumentKind.PASSPORT: (re.compile(r"[0-9A-Z]{5,9}"), said("护照号码应为5至9位数字或大写字母。")),
    DocumentKind.HK_MACAO_PERMIT: (
        re.compile(r"[HM](?:[0-9]{8}|[0-9]{10})"),
        said("应为字母H或M加8位（或10位）数字。"),
    ),
    DocumentKind.TAIWAN_PERMIT: (re.compile(r"[0-9]{8}"), said("应为8位数字。")),
    DocumentKind.OTHER: (
        re.compile(r"[0-9A-Z\u4e00-\u9fff()（）〔〕\-/]{1,50}"),
        said("应为1至50位数字、字母或汉字。"),
    ),
}
_RESIDENCE_PREFIXES = ("810000", "820000", "830000")
_FOREIGN_OLD = re.compile(r"[A-Z]{3}[0-9]{12}")
_FOREIGN_NEW = re.compile(r"9[0-9]{16}[0-9X]")


def check_document(kind: DocumentKind, value: str, *, today: date) -> Verdict:
    """Is this number right for this kind of document? As the checks in `identifiers`; more codes: wrong_shape."""
    if kind is DocumentKind.CITIZEN_ID:
        return citizen_id(value, today=today)
    if kind is DocumentKind.USCC:
        return uscc(value)
    if kind is DocumentKind.RESIDENCE_PERMIT_HMT:
        return residence_permit_hmt(value, today=today)
    if kind is DocumentKind.FOREIGN_RESIDENT:
        return foreign_resident(value, today=today)
    shape, why = _SHAPES[kind]
    return judge(value, unnormalised(value), None if shape.fullmatch(value) else wrong("wrong_shape", why, value))


def residence_permit_hmt(value: str, *, today: date) -> Verdict:
    """A residence permit of Hong Kong, Macao or Taiwan residents: as a citizen number, in a region of their own."""
    verdict = citizen_id(value, today=today)
    if verdict.valid and not value.startswith(_RESIDENCE_PREFIXES):
        return wrong("wrong_prefix", "应以810000（香港）、820000（澳门）或830000（台湾）开头。", value)
    return verdict


def foreign_resident(value: str, *, today: date) -> Verdict:
    """A foreign permanent resident's card: 3 letters and 12 digits (old), or 18 characters from 9 on (since 2023)."""
    refused = unnormalised(value)
    if refused is not None:
        return refused
    if _FOREIGN_OLD.fullmatch(value):
        return ok(value)
    if not _FOREIGN_NEW.fullmatch(value):
        return wrong("wrong_shape", "应为3位大写字母加12位数字，或以9开头的18位号码。", value)
    born = date_in(value[6:14])
    if born is None or born > today:
        return wrong("wrong_date", said("出生日期{digits}不存在或晚于今天。", digits=value[6:14]), value)
    if value[17] != mod_11_2(value[:17]):
        return wrong("wrong_check", "校验位不符，请核对号码是否有误。", value)
    return ok(value)
