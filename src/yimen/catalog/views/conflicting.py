"""Two editors changed the same thing: both values side by side, one choice each; nothing was saved, nothing is lost."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yimen.catalog import access
from yimen.catalog.commands import Conflicting, save_draft
from yimen.catalog.models import Edition
from yimen.catalog.queries.editing.conflicts import BOTH, MINE, THEIRS, faces, settled
from yimen.catalog.queries.editing.opening import opened
from yimen.catalog.queries.merging import Conflict
from yimen.catalog.views.editing_page import tell
from yimen.kit.errors import Invalid, NotFound
from yimen.kit.guards import actor_of, duty
from yimen.kit.telling import translated
from yimen.kit.time import now


def show(request: HttpRequest, edition: Edition, key: str, conflict: Conflicting) -> HttpResponse:
    """The page of a conflict."""
    return _page(
        request, edition, key, conflict.merged, list(conflict.conflicts), conflict.base, translated(conflict.detail)
    )


@duty("editor")
@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Save with the choices made. Should a third saving have come between, it is asked again about that one."""
    _item, edition = opened(slug)
    if edition is None:
        raise NotFound
    back = reverse("catalog:edit_section", args=[slug, key])
    if request.method != "POST":
        return HttpResponseRedirect(back)
    access.require_editor(actor_of(request), edition.item.agency_id)
    document, conflicts, base = _sent(request)
    chosen = [request.POST.get(f"choice_{number}", "") for number in range(len(conflicts))]
    if any(choice not in (MINE, THEIRS, BOTH) for choice in chosen):
        return _page(request, edition, key, document, conflicts, base, "", chosen)
    try:
        saved = save_draft(edition, settled(document, conflicts, chosen), base=base, by=actor_of(request), at=now())
    except Conflicting as again:
        return show(request, edition, key, again)
    tell(request, saved)
    return HttpResponseRedirect(back)


def _sent(request: HttpRequest) -> tuple[dict[str, Any], list[Conflict], int]:
    """What the page of the conflict carried along. Raises Invalid where it was tampered with."""
    try:
        document, rows = json.loads(request.POST["document"]), json.loads(request.POST["conflicts"])
        conflicts = [Conflict(str(row["place"]), None, row["mine"], row["theirs"]) for row in rows]
        base = int(request.POST["base"])
    except (KeyError, TypeError, ValueError, RecursionError) as wrong:
        raise Invalid(sentence=_("页面内容不完整，请返回重新保存。")) from wrong
    if not isinstance(document, dict):
        raise Invalid(sentence=_("页面内容不完整，请返回重新保存。"))
    return document, conflicts, base


def _page(
    request: HttpRequest, edition: Edition, key: str, document: Any, conflicts: list[Conflict], base: int,
    sentence: str, chosen: list[str] | None = None,
) -> HttpResponse:  # fmt: skip
    rows = [{"place": each.place, "mine": each.mine, "theirs": each.theirs} for each in conflicts]
    found = faces(conflicts)
    answers = chosen or [""] * len(found)
    shown = [
        {"face": face, "choice": answer, "missing": chosen is not None and not answer}
        for face, answer in zip(found, answers, strict=True)
    ]
    context = {
        "item": edition.item, "edition": edition, "key": key, "nav": "catalog", "conflicts": shown, "base": base,
        "sentence": sentence, "document": json.dumps(document, ensure_ascii=False),
        "carried": json.dumps(rows, ensure_ascii=False),
        "errors": [
            {"field": f"choice_{face.number}", "message": _("{title}：请选择保留哪一个").format(title=face.title)}
            for face, answer in zip(found, answers, strict=True) if chosen is not None and not answer
        ],
    }  # fmt: skip
    swapped = bool(request.headers.get("HX-Request")) or chosen is not None
    return render(request, "catalog/edit_conflict.html", context, status=422 if swapped else Conflicting.status)
