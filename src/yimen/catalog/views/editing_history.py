"""The savings of a draft: who, when, which parts; going back to one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yimen.catalog import access
from yimen.catalog.access import DESK
from yimen.catalog.commands import restore_revision
from yimen.catalog.models import Edition
from yimen.catalog.queries.editing.opening import RevisionGone, changed_words, opened, why_not
from yimen.kit.errors import NotFound
from yimen.kit.guards import actor_of, duty
from yimen.kit.paging import page
from yimen.kit.time import now
from yimen.ui.words import people_datetime

FRAME = "ui/desk.html"


@duty(*DESK)
@require_safe
def revisions(request: HttpRequest, slug: str) -> HttpResponse:
    """All savings, newest first."""
    edition = _draft(slug)
    shown = page(edition.revisions.defer("document"), by=("-number",), cursor=request.GET.get("cursor"), size=50)
    may = not why_not(edition.item, edition, actor_of(request))
    rows = [
        {
            "number": each.number,
            "at": each.saved_at,
            "by": each.saved_by_name or _("系统"),
            "parts": changed_words(each) or (_("起草") if each.number == 1 else _("没有改动")),
            "now": each.number == edition.revision,
        }
        for each in shown.items
    ]
    context = {"item": edition.item, "edition": edition, "rows": rows, "page": shown, "may": may, "nav": "catalog"}
    return render(request, "catalog/edit_revisions.html", context)


@duty("editor")
@require_http_methods(["GET", "HEAD", "POST"])
def restore(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Ask, then let the draft say again what it said at a saving."""
    edition = _draft(slug)
    access.require_editor(actor_of(request), edition.item.agency_id)
    back = reverse("catalog:edit_revisions", args=[slug])
    found = edition.revisions.defer("document").filter(number=number).first()
    if found is None:
        raise RevisionGone
    when = people_datetime(found.saved_at, now())
    if request.method == "POST":
        restore_revision(edition, number, by=actor_of(request), at=now())
        messages.success(request, _("草稿已经恢复到{when}的内容。").format(when=when))
        return HttpResponseRedirect(back)
    return render(request, "ui/confirm.html", {
        "title": _("恢复到{when}的内容").format(when=when),
        "consequence": _("草稿会变回{name}在{when}保存的样子。").format(name=found.saved_by_name, when=when),
        "points": [_("之后的各次保存仍在修改记录里，随时可以再恢复回来。"), _("现行版本不受影响。")],
        "action_url": request.path, "action_label": _("恢复"), "cancel_url": back, "frame": FRAME, "nav": "catalog",
    })  # fmt: skip


def _draft(slug: str) -> Edition:
    _item, edition = opened(slug)
    if edition is None:
        raise NotFound(_("这个事项现在没有草稿，请先起草新的版本。"))
    return edition
