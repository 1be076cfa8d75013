"""Telling holders that a licence ends soon, once for each of the times that a city has set, and clearing old codes."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from yimen.kit.actor import Actor
from yimen.kit.commands import command
from yimen.kit.time import day_of
from yimen.law.said import said
from yimen.notices import commands as notices
from yimen.ui.words import plain_date
from yimen.vault.commands.holders import chains_of
from yimen.vault.models import ExpiryNotice, Licence, PresentingCode
from yimen.vault.queries.holding import ending_in, notice_about

# Codes are of use for a minute; a day is kept to tell a used one from one that never was.
KEPT = timedelta(days=1)


@command
def tell_expiry(licence: Licence, days: int, *, by: Actor, at: datetime) -> bool:
    """Tell the holder, once for these days; gives whether it was told now."""
    _, fresh = ExpiryNotice.objects.get_or_create(licence=licence, days=days, defaults={"told_at": at})
    body = said(
        "您的“{kind}”将于{day}到期。打开这份证照可以看到在哪里续办；过期后不能再用它办事和亮证。",
        kind=licence.kind.name, day=plain_date(licence.valid_to),
    )  # fmt: skip
    for holder in chains_of(licence):
        other = "" if holder == licence.holder_id else f":{holder}"
        notices.send(
            subject=holder, about=notice_about(licence), title=f"{licence.kind.name}即将到期", body=body,
            once=f"licence-expiry:{licence.pk}:{days}{other}", by=by, at=at,
        )  # fmt: skip
    return fresh


def tell_expiries(*, at: datetime, most: int = 5_000) -> int:
    """Everybody whose licence ends within one of the times and who was not told of it; gives how many were told.

    A licence issued for less than such a time is told of the next shorter one only. One bad row stops nobody's news.
    """
    times, told = sorted(set(settings.YIMEN_EXPIRY_NOTICE_DAYS)), 0
    for below, days in zip([-1, *times], times, strict=False):
        for licence in ending_in(days, below, day_of(at))[:most]:
            told += tell_expiry(licence, days, by=Actor.system(), at=at)
    return told


def forget_codes(*, at: datetime) -> int:
    """Codes that ran out a day ago."""
    gone, _ = PresentingCode.objects.filter(made_at__lt=at - KEPT).delete()
    return gone
