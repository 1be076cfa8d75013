"""Numbers of people, organisations, licences and cases. Rule in words: docs/rules/identifiers.md

Each check takes the value as it stands in a register or message and is strict about it; what a person typed goes
through `normalise` first. Today's date is passed in.
"""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum

from .checkdigits import USCC_ALPHABET, mod_11_2, mod_31_3, mod_37_36, organisation_check
from .said import said
from .verdicts import Verdict, date_in, judge, normalise, unnormalised, wrong

__all__ = [
    "CHANNEL_CODES",
    "LICENCE_ROOT",
    "Verdict",
    "birth_date",
    "case_number",
    "citizen_id",
    "gender",
    "licence",
    "make_case_number",
    "make_licence_identifier",
    "mod_11_2",
    "mod_31_3",
    "mod_37_36",
    "normalise",
    "organisation_check",
    "uscc",
]

LICENCE_ROOT = "1.2.156.3005.2"
"""The object identifier under which all electronic licences of the country stand."""

CHANNEL_CODES = {"window": "0", "web": "1", "post": "2", "kiosk": "3", "phone": "4"}
"""The channel digit of a case number; 0–2 as in the provincial code list of 申报来源, the others ours."""

_CITIZEN = re.compile(r"[0-9]{17}[0-9X]")
_USCC = re.compile(f"[{USCC_ALPHABET}]{{18}}")
_CASE = re.compile(r"[0-9]{22}[0-9A-Z]")
_CASE_BODY = re.compile(r"[0-9]{22}")
_PART = re.compile(r"[0-9A-Z_]+")
_VERSION = re.compile(r"[0-9]{3}")
_LICENCE_PARTS = 5


class Gender(StrEnum):
    """As a citizen number encodes it."""

    MALE = "male"
    FEMALE = "female"

    @property
    def label(self) -> str:
        """男 or 女."""
        return "男" if self is Gender.MALE else "女"


def citizen_id(value: str, *, today: date) -> Verdict:
    """A citizen number, 18 characters: region 6, birth date 8, sequence 3, check 1 (GB 11643-1999).

    Date and check character decide. The region is information only: codes of abolished places stay valid for life, and
    no table is complete. Codes: not_normalised, wrong_length, wrong_characters, wrong_date, future_date, wrong_check.
    """
    refused = unnormalised(value)
    if refused is not None:
        return refused
    if len(value) != 18:
        return wrong("wrong_length", said("应为18位，现为{count}位。", count=len(value)), value)
    if not _CITIZEN.fullmatch(value):
        return wrong("wrong_characters", "前17位应为数字，末位应为数字或大写字母X。", value)
    return judge(value, _birth_refusal(value, today), _check_refusal(value, mod_11_2(value[:17])))


def uscc(value: str) -> Verdict:
    """A unified social credit code, 18 characters of 31 (GB 32100-2015).

    Codes: not_normalised, wrong_length, wrong_characters, wrong_check.
    """
    refused = unnormalised(value)
    if refused is not None:
        return refused
    if len(value) != 18:
        return wrong("wrong_length", said("应为18位，现为{count}位。", count=len(value)), value)
    if not _USCC.fullmatch(value):
        return wrong("wrong_characters", "只能使用数字和除I、O、S、V、Z以外的大写字母。", value)
    return judge(value, _check_refusal(value, mod_31_3(value[:17])))


def case_number(value: str) -> Verdict:
    """A case number, 23 characters: region 6, yyyymmdd 8, channel 1, sequence 7, check 1 (ISO 7064 MOD 37,36).

    Codes: not_normalised, wrong_length, wrong_characters, wrong_date, wrong_check.
    """
    refused = unnormalised(value)
    if refused is not None:
        return refused
    if len(value) != 23:
        return wrong("wrong_length", said("应为23位，现为{count}位。", count=len(value)), value)
    if not _CASE.fullmatch(value):
        return wrong("wrong_characters", "前22位应为数字，末位应为数字或大写字母。", value)
    if date_in(value[6:14]) is None:
        return wrong("wrong_date", "第7至14位不是有效日期。", value)
    return judge(value, _check_refusal(value, mod_37_36(value[:22])))


def licence(value: str) -> Verdict:
    """A licence identifier: root, type, issuer, serial, version 3 digits, check, between dots (GB/T 36904 family).

    The check character stands for type, issuer, serial and version without dots and underscores.
    Codes: not_normalised, wrong_root, wrong_parts, wrong_characters, wrong_version, wrong_check.
    """
    refused = unnormalised(value)
    if refused is not None:
        return refused
    if not value.startswith(LICENCE_ROOT + "."):
        return wrong("wrong_root", said("应以{root}.开头。", root=LICENCE_ROOT), value)
    parts = value[len(LICENCE_ROOT) + 1 :].split(".")
    if len(parts) != _LICENCE_PARTS:
        return wrong("wrong_parts", "应由类型代码、颁发机构代码、流水号、版本号、校验位五段组成。", value)
    if not all(_PART.fullmatch(part) for part in parts):
        return wrong("wrong_characters", "各段只能使用数字、大写字母和下划线，且不得为空。", value)
    if not _VERSION.fullmatch(parts[3]):
        return wrong("wrong_version", "版本号应为3位数字。", value)
    return judge(value, _check_refusal(parts[4], _licence_check(parts[:4]), whole=value))


def make_case_number(region: str, day: date, channel: str, sequence: int) -> str:
    """The case number of the sequence-th case (0 to 9,999,999) that a region took in on a day through a channel.

    region: 6 digits of GB/T 2260; channel: web window kiosk phone post, or its digit. Raises ValueError.
    """
    digit = CHANNEL_CODES.get(channel, channel)
    body = f"{region}{day:%Y%m%d}{digit}{sequence:07d}"
    if not _CASE_BODY.fullmatch(body):
        raise ValueError("办件编号由6位区划、日期、1位渠道和7位以内的序号组成。")
    return body + mod_37_36(body)


def make_licence_identifier(type_code: str, issuer: str, serial: str, version: int) -> str:
    """The identifier of a licence. version: 1 for the first issue, one more for each re-issue. Raises ValueError."""
    parts = [type_code, issuer, serial, f"{version:03d}"]
    if not 1 <= version <= 999:
        raise ValueError("版本号为1至999。")
    if not all(parts) or not _PART.fullmatch("".join(parts)):
        raise ValueError("各段只能使用数字、大写字母和下划线，且不得为空。")
    return ".".join([LICENCE_ROOT, *parts, _licence_check(parts)])


def birth_date(citizen_number: str) -> date:
    """The birth date in a valid citizen number. Raises ValueError where there is none."""
    born = date_in(citizen_number[6:14])
    if born is None:
        raise ValueError("号码中没有有效的出生日期。")
    return born


def gender(citizen_number: str) -> Gender:
    """The gender in a valid citizen number: an odd sequence is a man's."""
    return Gender.MALE if int(citizen_number[16]) % 2 else Gender.FEMALE


def _birth_refusal(value: str, today: date) -> Verdict | None:
    born = date_in(value[6:14])
    if born is None:
        return wrong("wrong_date", said("出生日期{digits}不存在。", digits=value[6:14]), value)
    if born > today:
        return wrong("future_date", said("出生日期{digits}晚于今天。", digits=value[6:14]), value)
    return None


def _check_refusal(value: str, expected: str, *, whole: str | None = None) -> Verdict | None:
    """The refusal when the last character is not the expected one."""
    if value[-1:] == expected and (whole is None or value == expected):
        return None
    return wrong("wrong_check", "校验位不符，请核对号码是否有误。", whole or value)


def _licence_check(parts: list[str]) -> str:
    return mod_37_36("".join(parts).replace("_", ""))
