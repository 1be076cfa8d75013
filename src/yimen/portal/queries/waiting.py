"""What waits for a person: to be supplemented, to be finished; on the home page also a fresh result. Limits first."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yimen.applications.access import own_business
from yimen.applications.queries import drafts
from yimen.applications.queries.batches.state import Waiting, waiting_batches
from yimen.applications.queries.promising import outstanding
from yimen.applications.queries.together import all_sent, divided, drafts_in_packages, package_application_drafts
from yimen.cases.queries import seen_by
from yimen.kit.actor import Actor
from yimen.law.states import BEFORE_DECISION, State
from yimen.ui.words import people_date, people_datetime

if TYPE_CHECKING:
    from yimen.applications.models import Document
    from yimen.cases.models import Case

FRESH = timedelta(days=14)
MOST = 20


@dataclass(frozen=True)
class Step:
    """One thing to do, as the component `next_step` shows it."""

    title: str
    text: str
    url: str
    label: str
    icon: str
    tone: str = "info"


def own_cases(actor: Actor, at: datetime) -> QuerySet[Case]:
    """The cases of oneself and of those one may act for; never those one handles at work."""
    return seen_by(actor, at).filter(own_business(actor, at))


def waiting(actor: Actor, own: QuerySet[Case], at: datetime, *, only: Collection[int] | None = None) -> list[Step]:
    """Everything one has to do oneself, the most pressing first; own: as own_cases gives them.

    only: records of the one for whom drafts are wanted, None for all.
    """
    if actor.user is None:
        return []
    asked = own.filter(state=State.SUPPLEMENT).prefetch_related("supplements").order_by("-id")[:MOST]
    return (
        [_supplement(case, at) for case in asked]
        + _promised(own, at)
        + _batches(actor, at, only)
        + _drafts(actor, at, only)
    )


def fresh_result(own: QuerySet[Case], at: datetime) -> list[Step]:
    """The newest result of the last two weeks, for the home page."""
    rows = own.filter(state=State.CLOSED, closed_at__gte=at - FRESH)
    return [_result(case) for case in rows.order_by("-closed_at")[:1]]


def _supplement(case: Case, at: datetime) -> Step:
    notice = next(each for each in case.supplements.all() if each.supplied_at is None)
    facts = {
        "item": case.item_name,
        "day": people_date(notice.due_on, at),
        "count": len(notice.materials) + len(notice.fields),
    }
    return Step(
        _("补正材料：%(item)s") % facts,
        _("还要补 %(count)s 项，请在 %(day)s前补齐") % facts,
        reverse("portal:supplement", args=[case.number]),
        _("去补齐"),
        "file-plus",
        "warn",
    )


def _promised(own: QuerySet[Case], at: datetime) -> list[Step]:
    """What was promised to come by a day (容缺) and hasn't come, the first day on top; one step for each case."""
    cases = own.filter(state__in=BEFORE_DECISION).values("application")
    days: dict[str, Document] = {}
    for each in outstanding().filter(application__in=cases).order_by("until", "id")[:MOST]:
        days.setdefault(each.application.number, each)
    return [
        Step(
            _("补交材料：%(item)s") % {"item": each.application.edition.item.name},
            _("您承诺在 %(day)s前补交") % {"day": people_date(each.until, at)},
            reverse("portal:owed", args=[number]),
            _("去补交"),
            "file-plus",
            "warn",
        )
        for number, each in days.items()
    ]


def _batches(actor: Actor, at: datetime, only: Collection[int] | None) -> list[Step]:
    """Workbooks of which rows have to be mended, or which nobody has confirmed yet."""
    return [
        Step(
            _("改正工作簿：%(item)s") % {"item": each.batch.item.name}
            if each.faulty
            else _("确认并提交：%(item)s") % {"item": each.batch.item.name},
            f"{_left_to_do(each)} · {each.batch.subject.name}",
            reverse("portal:batch", args=[each.batch.pk]),
            _("看哪里有错") if each.faulty else _("去确认"),
            "list-check",
            "warn" if each.faulty else "info",
        )
        for each in waiting_batches(actor, at)
        if only is None or each.batch.subject_id in only
    ]


def _left_to_do(each: Waiting) -> str:
    if each.faulty:
        return ngettext("%(count)d 行有错误", "%(count)d 行有错误", each.faulty) % {"count": each.faulty}
    return _("等您确认，共 %(count)d 件") % {"count": each.to_file}


def _result(case: Case) -> Step:
    granted = case.outcome == "grant"
    text = _("已办结，结果可以使用") if granted else _("已办结，决定书可以下载")
    url = reverse("portal:case", args=[case.number])
    return Step(case.item_name, text, url, _("查看"), "certificate", "good" if granted else "info")


def _drafts(actor: Actor, at: datetime, only: Collection[int] | None) -> list[Step]:
    within = drafts_in_packages(actor, at)
    return _packages(actor, at, only) + [
        Step(
            _("继续填写：%(item)s") % {"item": draft.item.name},
            _("%(time)s 保存") % {"time": people_datetime(draft.saved_at, at)}
            + (f" · {draft.subject.name}" if not actor.is_one(draft.subject_id) else ""),
            reverse("portal:tasks", args=[draft.number]),
            _("继续"),
            "pencil",
        )
        for draft in drafts(actor, at)
        if draft.window_id is None and draft.pk not in within and (only is None or draft.subject_id in only)
    ]


def _packages(actor: Actor, at: datetime, only: Collection[int] | None) -> list[Step]:
    """Packages begun; the drafts of their items are found there."""
    return [
        Step(
            _("继续办：%(package)s") % {"package": draft.package.doc.name},
            _("%(time)s 保存") % {"time": people_datetime(draft.saved_at, at)}
            + (f" · {draft.subject.name}" if not actor.is_one(draft.subject_id) else ""),
            reverse("portal:package_items" if divided(draft) else "portal:package_tasks", args=[draft.number]),
            _("继续"),
            "pencil",
        )
        for draft in package_application_drafts(actor, at)
        if not all_sent(draft) and (only is None or draft.subject_id in only)
    ]
