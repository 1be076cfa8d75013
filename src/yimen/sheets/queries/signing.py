"""Signatures in a form: who signed, when, over which answers. 电子签名法 13: changes are seen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from yimen.kit.telling import named
from yimen.kit.time import local
from yimen.law.completeness import Missing
from yimen.law.said import said
from yimen.sheets.choices import Kind, Sheet
from yimen.sheets.queries.checking import FieldError
from yimen.sheets.queries.views import asked


@dataclass(frozen=True)
class Signer:
    """Whose hand it is. name: of the account's verified person; verified: was the identity proven; staff: a clerk, who

    only enters what the applicant signed on paper.
    """

    name: str
    verified: bool
    staff: bool = False


def sign(
    sheet: Sheet,
    clean: dict[str, Any],
    before: Mapping[str, Any],
    *,
    signer: Callable[[], Signer],
    at: datetime,
    whole: Mapping[str, Any] | None = None,
) -> tuple[dict[str, Any], list[FieldError]]:
    """The answers with their signatures stamped; a name that isn't the signer's is an error beside its field.

    signer: asked only where something is signed. A signature that stands over unchanged answers keeps its hour.
    whole: stamps of a merged form of which this one is a part; they stay as they were given there.
    Codes: not_your_name, not_verified.
    """
    given = whole or {}
    clean = {name: value for name, value in clean.items() if name not in given}
    held, errors = _signed(sheet, clean, before, signer, at, given)
    of = digest(sheet, {**before, **held}) if given else ""
    return held | {name: _part(stamp, of) for name, stamp in given.items()}, errors


def stamps(sheet: Sheet, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The signatures among answers, as they were stamped."""
    fields = [one.name for one in sheet.form_fields if one.kind is Kind.SIGNATURE]
    return {name: answers[name] for name in fields if isinstance(answers.get(name), Mapping)}


def _part(stamp: Mapping[str, Any], of: str) -> dict[str, Any]:
    """One signature under several forms: who and when are the same, and `whole`, the digest of what was signed.

    `of` is of this form's own answers, so that a change here is seen here.
    """
    return {**stamp, "of": of, "whole": stamp.get("whole") or stamp.get("of", "")}


def _signed(
    sheet: Sheet,
    clean: dict[str, Any],
    before: Mapping[str, Any],
    signer: Callable[[], Signer],
    at: datetime,
    given: Mapping[str, Any],
) -> tuple[dict[str, Any], list[FieldError]]:
    fields = [one for one in sheet.form_fields if one.kind is Kind.SIGNATURE and clean.get(one.name)]
    if not fields:
        return clean, []
    held, errors, who = dict(clean), list[FieldError](), signer()
    of = digest(sheet, {**before, **clean})
    for one in fields:
        why = _wrong(clean[one.name]["name"], who)
        if why:
            message = named(one.label, said(why[1], name=who.name))
            errors.append(FieldError(field=one.name, code=why[0], message=message))
            del held[one.name]
        else:
            held[one.name] = _stamped(clean[one.name]["name"], before.get(one.name), of, who, at)
    return held, errors


def broken_signatures(sheet: Sheet, answers: Mapping[str, Any]) -> list[Missing]:
    """The signatures under which something was changed since: they have to be given anew."""
    signed = [
        one for one in sheet.form_fields if one.kind is Kind.SIGNATURE and isinstance(answers.get(one.name), Mapping)
    ]
    if not signed:
        return []
    here, of = asked(sheet, answers), digest(sheet, answers)
    stale = [one for one in signed if one.name in here and answers[one.name].get("of") != of]
    return [
        Missing("field", one.name, said("“{field}”以后内容有改动，请重新签名。", field=one.label), "signed_before")
        for one in stale
    ]


def digest(sheet: Sheet, answers: Mapping[str, Any]) -> str:
    """Of all answers to the form but the signatures themselves."""
    own = [one.name for one in sheet.form_fields if one.kind is not Kind.SIGNATURE]
    told = {name: answers[name] for name in own if answers.get(name) is not None}
    plain = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(plain.encode()).hexdigest()


def _wrong(name: str, signer: Signer) -> tuple[str, str] | None:
    if signer.staff:
        return None
    if not signer.verified:
        return "not_verified", "请先完成实名认证，再签名。"
    if "".join(name.split()) != "".join(signer.name.split()):
        return "not_your_name", "请填写您本人的姓名“{name}”。"
    return None


def _stamped(name: str, earlier: Any, of: str, signer: Signer, at: datetime) -> dict[str, str]:
    way = "counter" if signer.staff else "account"
    if isinstance(earlier, Mapping) and (earlier.get("name"), earlier.get("of"), earlier.get("way")) == (name, of, way):
        return dict(earlier)
    return {"name": name, "at": local(at).isoformat(timespec="seconds"), "way": way, "of": of}
