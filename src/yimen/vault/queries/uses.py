"""The log of a licence in words, and which licences a case may use."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yimen.kit.paging import Page, page
from yimen.kit.telling import translated
from yimen.ui.words import plain_date
from yimen.vault.choices import STANDING_WORDS, State, UseKind
from yimen.vault.models import DayOfChecks, Licence, LicenceHolder, LicenceUse
from yimen.vault.ports import Matter
from yimen.vault.queries.standing import checkable

TONES = {
    UseKind.PRESENTED: ("qrcode", ""),
    UseKind.CHECKED: ("shield-check", "good"),
    UseKind.LOOKED: ("eye", ""),
    UseKind.COPIED: ("file-text", ""),
    UseKind.CITED: ("link", ""),
    UseKind.ATTEMPTED: ("alert-triangle", "bad"),
}
# Of an attempt: what stood in the way, as its holder reads it.
REASONS = {
    "no_case_no_look": gettext_lazy("没有需要它的办件"),
    "case_over": gettext_lazy("办件已经结束"),
    "licence_not_needed": gettext_lazy("这件事不需要这份证照"),
    "own_case": gettext_lazy("是经办人自己的办件"),
    "licence_frozen": gettext_lazy("您已冻结这份证照"),
    "licence_not_valid": gettext_lazy("证照已经失效"),
    "code_used": gettext_lazy("亮证码已经被核验过一次，可能被人拍照转用"),
}


@dataclass(frozen=True)
class Line:
    """One use in words."""

    at: datetime
    title: str
    text: str
    by: str
    icon: str
    tone: str


def uses_of(licences: Sequence[int], *, cursor: str | None = None, size: int = 20) -> Page[LicenceUse]:
    """The log of some licences, newest first."""
    return page(LicenceUse.objects.filter(licence__in=licences), by=("-id",), cursor=cursor, size=size)


def all_uses_of(licence: int) -> list[LicenceUse]:
    """The whole log of one, newest first: for a copy of all data."""
    return list(LicenceUse.objects.filter(licence=licence).order_by("-id"))


def lines(uses: Sequence[LicenceUse]) -> list[Line]:
    """For the tag `timeline`."""
    return [_line(each) for each in uses]


def checks_of(licence: int, days: int = 30) -> list[dict[str, Any]]:
    """On which days the printed code was checked, and how often; newest first."""
    rows = DayOfChecks.objects.filter(licence=licence).order_by("-day")[:days]
    return [{"day": row.day, "count": row.count} for row in rows]


def usable(pk: int) -> Licence | None:
    """A licence that was ever signed, with what a use asks for."""
    return signed().filter(pk=pk).first()


def for_matter(case: Matter) -> list[Licence]:
    """What a case may use: handed in, or held by the applicant and of a kind that the item asks for; newest first."""
    wanted = Q(pk__in=case.licences) | (Q(kind__code__in=case.kinds) & _held(case))
    rows = signed().filter(wanted).exclude(Q(state=State.SUPERSEDED) & ~Q(pk__in=case.licences))
    return list(rows.order_by("kind", "-issued_at", "-pk")[:60])


def quoted(case: Matter, number: str) -> Licence | None:
    """The licence with this number that an applicant holds from an agency of the case's own department.

    Numbers lie sealed: those few that come into question are opened and compared.
    """
    wanted = _plain(number)
    if not wanted:
        return None
    rows = signed().filter(_held(case), kind__code__in=case.kinds, agency__department=case.department)
    held = rows.exclude(state=State.SUPERSEDED).order_by("-issued_at", "-pk")
    return next((each for each in held if wanted in (_plain(each.number), _plain(each.identifier or ""))), None)


def _held(case: Matter) -> Q:
    """Held by the applicant or who acts for them, alone or with others."""
    shared = LicenceHolder.objects.filter(subject__in=case.holders).values("licence")
    return Q(holder__in=case.holders) | Q(pk__in=shared)


def signed() -> QuerySet[Licence]:
    """Whatever was ever signed."""
    return checkable().exclude(state=State.DRAWN)


def _plain(text: str) -> str:
    """Numbers are compared without blanks, in one width, whatever their case."""
    return "".join(unicodedata.normalize("NFKC", text[:120]).upper().split())


def _line(use: LicenceUse) -> Line:
    icon, tone = TONES[UseKind(use.kind)]
    about = [use.item, _("办件 %s") % use.case if use.case else ""]
    told = [
        _("用途：%s") % use.purpose if use.purpose else "",
        _until(use.until),
        _outcome(use),
    ]
    by = " · ".join(filter(None, (use.office, use.post)))
    return Line(
        at=use.at,
        title=str(UseKind(use.kind).label),
        text=" · ".join(filter(None, (*about, *told))),
        by=by or (_("扫码人") if use.kind == UseKind.CHECKED else ""),
        icon=icon,
        tone=tone,
    )


def _until(day: date | None) -> str:
    return _("加注件有效期至 %s") % plain_date(day) if day else ""


def _outcome(use: LicenceUse) -> str:
    if use.kind == UseKind.CHECKED and use.outcome in STANDING_WORDS:
        return _("核验结果：%s") % translated(STANDING_WORDS[use.outcome][0])
    return _("原因：%s") % str(REASONS[use.outcome]) if use.outcome in REASONS else ""
