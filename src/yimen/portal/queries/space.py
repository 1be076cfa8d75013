"""My space as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from yimen.identity.choices import MandateKind
from yimen.identity.queries import principals_of
from yimen.kit.actor import Actor
from yimen.law.states import FINAL
from yimen.ui.ports import address
from yimen.vault.queries import notice_url

if TYPE_CHECKING:
    from yimen.cases.models import Case
    from yimen.notices.models import Message

SHOWN, LAST = 5, 3
OWN_PAGES = "my:"
ENDED = [state.value for state in FINAL]


def running(own: QuerySet[Case]) -> list[dict[str, Any]]:
    """The newest cases that are not over yet."""
    rows = own.exclude(state__in=ENDED).select_related("agency").order_by("-id")
    return [row(case) for case in rows[:SHOWN]]


def ended(own: QuerySet[Case]) -> list[dict[str, Any]]:
    """The cases that were over last."""
    rows = own.filter(state__in=ENDED).select_related("agency").order_by("-id")
    return [row(case) for case in rows[:LAST]]


def of_view(rows: QuerySet[Case], view: str) -> QuerySet[Case]:
    """The saved views: running, ended, all."""
    if view == "running":
        return rows.exclude(state__in=ENDED)
    return rows.filter(state__in=ENDED) if view == "ended" else rows


def tabs(view: str) -> list[dict[str, Any]]:
    """The saved views as tabs."""
    known = (("", _("全部")), ("running", _("办理中")), ("ended", _("已结束")))
    return [{"label": label, "url": f"?view={key}" if key else "?", "current": key == view} for key, label in known]


def columns() -> list[dict[str, Any]]:
    """The columns of a list of cases."""
    return [
        {"key": "item", "label": _("事项"), "kind": "link", "wide": True},
        {"key": "state", "label": _("状态"), "kind": "state"},
        {"key": "applicant", "label": _("申请人")},
        {"key": "received", "label": _("收件"), "kind": "date"},
        {"key": "due", "label": _("最迟答复"), "kind": "date"},
    ]


def row(case: Case) -> dict[str, Any]:
    """A case in a list."""
    return {
        "url": reverse("portal:case", args=[case.number]),
        "item": case.item_name,
        "number": case.number,
        "applicant": case.applicant_name,
        "agency": case.agency.name,
        "state": case.state,
        "received": case.received_at,
        "due": case.due_on,
        "closed": case.closed_at,
    }


def doors(unread: int) -> list[dict[str, Any]]:
    """Where else one can go from here; rooms that are not there are left out."""
    known = [
        ("inbox", _("消息"), reverse("portal:messages"), _("%(count)d 条未读") % {"count": unread} if unread else ""),
        ("certificate", _("我的证照"), address("vault:mine"), _("城市发给您的电子证照")),
        ("eye", _("谁看过我的信息"), reverse("portal:looks"), _("每一次查看都有记录")),
        ("history", _("用以前填过的内容"), reverse("portal:reuse"), _("同意以后，填过的不用再填；随时撤回")),
        ("pencil", _("常用信息"), reverse("portal:usual"), _("自动填进表格的内容，可以改、可以删")),
        ("database", _("我的数据"), reverse("portal:data"), _("下载副本，申请更正")),
        ("files", _("批量申请"), reverse("portal:batches"), _("一个工作簿，一次提交很多件")),
        ("heart-handshake", _("授权委托"), reverse("portal:mandates"), _("谁可以替您办，您可以替谁办")),
        ("user-circle", _("个人资料"), address("identity:profile"), _("手机、地址和密码")),
    ]
    return [{"icon": icon, "label": label, "url": url, "text": text} for icon, label, url, text in known if url]


def names(actor: Actor, at: datetime) -> dict[int, str]:
    """Of everybody else whose messages one reads: so that each says whose it is."""
    found = principals_of(actor.subject, at) if actor.subject else []
    return {pk: each.principal.name for each in found for pk in each.principals}


def message(one: Message, others: Mapping[int, str]) -> dict[str, Any]:
    """A message as listed; unread is what it was before this page; to: whose it is, unless it is one's own."""
    return {
        "to": others.get(one.subject_id, ""),
        "title": one.title,
        "body": one.body,
        "at": one.sent_at,
        "unread": one.read_at is None,
        "url": _page_of(one.about),
    }


def _page_of(about: str) -> str:
    """Where a message leads: to its case, to a licence, or to one's own page that it speaks of."""
    licence = notice_url(about)
    if licence:
        return licence
    if about.startswith(OWN_PAGES):
        return address(f"portal:{about[len(OWN_PAGES) :]}")
    return reverse("portal:case", args=[about]) if about else ""


def readers(actor: Actor, at: datetime) -> set[int | None]:
    """Whose messages count as read when the actor reads them: their own, and those of firms, who read by others."""
    found = principals_of(actor.subject, at) if actor.subject else []
    return {*actor.subjects, *(each.principal_id for each in found if not each.principal.is_person)}


def principals(actor: Actor, at: datetime) -> list[dict[str, Any]]:
    """The firms and people one may act for now."""
    found = principals_of(actor.subject, at) if actor.subject else []
    return [
        {
            "name": each.principal.name,
            "kind": _(MandateKind(each.kind).label),
            "url": "" if each.principal.is_person else reverse("portal:firm", args=[each.principal_id]),
        }
        for each in found
    ]
