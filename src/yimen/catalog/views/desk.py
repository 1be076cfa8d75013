"""The catalogue as its editors and the offices see it: all items, one item, one edition."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yimen.catalog import queries
from yimen.catalog.access import DESK
from yimen.catalog.choices import UNRELEASED, EditionState, MeasureKind
from yimen.catalog.models import Edition, Item
from yimen.catalog.queries import faces, life
from yimen.catalog.queries.delegation import lower_agencies
from yimen.catalog.queries.elements import elements
from yimen.kit.actor import Actor
from yimen.kit.guards import actor_of, duty
from yimen.kit.paging import page
from yimen.kit.telling import translated
from yimen.kit.time import day_of
from yimen.ui.words import plain_date


@duty(*DESK)
@require_safe
def items(request: HttpRequest) -> HttpResponse:
    """All items with their current edition, by name or slug."""
    asked = request.GET.get("q", "").strip()
    shown = page(queries.desk_items(asked), by=("slug",), cursor=request.GET.get("cursor"), size=50)
    versions = queries.current_of(shown.items)
    rows = [
        {
            "name": each.name,
            "kind": each.kind,
            "case_type": each.case_type,
            "agency": each.agency.name,
            "version": _("第 {n} 版").format(n=versions[each.pk].version) if each.pk in versions else _("还没有发布"),
            "released": versions[each.pk].released_at if each.pk in versions else None,
            "url": reverse("catalog:item", args=[each.slug]),
        }
        for each in shown.items
    ]
    columns = [
        {"key": "name", "label": _("事项"), "kind": "link", "wide": True},
        {"key": "kind", "label": _("事项类型"), "kind": "text"},
        {"key": "case_type", "label": _("办件类型"), "kind": "text"},
        {"key": "agency", "label": _("实施主体"), "kind": "text"},
        {"key": "version", "label": _("现行版本"), "kind": "text"},
        {"key": "released", "label": _("发布时间"), "kind": "date"},
    ]
    context = {
        "rows": rows,
        "columns": columns,
        "page": shown,
        "q": asked,
        "nav": "catalog",
        "may_edit": actor_of(request).may("editor"),
    }
    return render(request, "catalog/items.html", context)


@duty(*DESK)
@require_safe
def item(request: HttpRequest, slug: str) -> HttpResponse:
    """The edition that counts; of an item without one what is in the making, or what it was last."""
    found = life.item_of(slug)
    edition = queries.in_force(found.pk) or queries.editions_of(slug).exclude(state__in=UNRELEASED).first()
    return _show(request, edition) if edition else HttpResponseRedirect(reverse("catalog:draft", args=[slug]))


@duty(*DESK)
@require_safe
def edition(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    """One edition, current or past."""
    return _show(request, queries.edition(slug, version))


@duty(*DESK)
@require_safe
def document(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    """The edition's document as a file, to be changed and uploaded again."""
    found = queries.edition(slug, version)
    body = json.dumps(found.document, ensure_ascii=False, indent=1)
    answer = HttpResponse(body + "\n", content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(slug)}-{version}.json"
    return answer


def _show(request: HttpRequest, found: Edition) -> HttpResponse:
    item, actor = found.item, actor_of(request)
    editions = list(queries.editions_of(item.slug).defer("document"))
    in_hand = next((each for each in editions if each.state in UNRELEASED), None)
    context = {
        "nav": "catalog",
        "item": item,
        "edition": found,
        "edition_name": faces.name_of(found),
        "tone": faces.TONES[EditionState(found.state)],
        "state_word": found.get_state_display() if found.valid_to is None else _("已被新版本取代"),
        "versions": [_version(each, found) for each in editions if each.state not in UNRELEASED],
        "head": _head(found),
        "groups": elements(found.doc),
        "verbs": _verbs(item, found, in_hand, actor),
        "in_hand": in_hand,
        "story": faces.story(life.passages_of(item)[:20]),
        "comparable": len(editions) > 1,
    }
    return render(request, "catalog/edition.html", context)


def _version(each: Edition, shown: Edition) -> dict[str, Any]:
    url = reverse("catalog:edition", args=[shown.item.slug, each.version])
    return {"label": _("第 {n} 版").format(n=each.version), "url": url, "current": each.pk == shown.pk, "count": None}


def _head(found: Edition) -> list[dict[str, Any]]:
    pairs = [
        (_("施行"), plain_date(found.valid_from) if found.valid_from else ""),
        (_("停止"), plain_date(found.valid_to) if found.valid_to else ""),
        (_("发布"), plain_date(day_of(found.released_at)) if found.released_at else ""),
        (_("改动的原因"), found.note),
        (_("实施主体"), found.item.agency.name),
        (_("现由什么代替"), list(Item.objects.filter(slug__in=found.item.successors).values_list("name", flat=True))),
        (_("时限说明"), translated(found.doc.decision_limits.sentence)),
    ]
    return [{"label": label, "value": value} for label, value in pairs if value]


def _verbs(item: Item, found: Edition, in_hand: Edition | None, actor: Actor) -> list[dict[str, Any]]:
    """What an editor may begin: a new edition, or a measure. Others only read."""
    if not actor.may("editor", item.agency_id):
        url = reverse("catalog:take_on", args=[item.slug])
        return [_verb(_("承接为本地事项"), url, "sitemap", "primary")] if _may_take_on(item, found, actor) else []
    begin = reverse("catalog:draft" if in_hand else "catalog:edit_begin", args=[item.slug])
    verbs = [_verb(_("查看正在编制的版本") if in_hand else _("修改这个事项"), begin, "pencil", "primary")]
    kinds = {
        EditionState.RELEASED: (MeasureKind.SUSPEND, MeasureKind.CANCEL, MeasureKind.SPLIT, MeasureKind.MERGE),
        EditionState.SUSPENDED: (MeasureKind.RESUME, MeasureKind.CANCEL),
    }
    possible = kinds.get(EditionState(found.state), ()) if found.valid_to is None else ()
    if _may_take_on(item, found, actor):
        verbs.append(_verb(_("承接为本地事项"), reverse("catalog:take_on", args=[item.slug]), "sitemap", "secondary"))
    urls = {kind: reverse("catalog:propose", args=[item.slug, kind.value]) for kind in possible}
    return verbs + [_verb(str(kind.label), url, "", "quiet") for kind, url in urls.items()]


def _may_take_on(item: Item, found: Edition, actor: Actor) -> bool:
    return actor.may("editor") and found.valid_to is None and bool(lower_agencies(item, actor.agencies))


def _verb(label: str, url: str, icon: str, variant: str) -> dict[str, Any]:
    return {"label": label, "url": url, "icon": icon, "variant": variant, "allowed": True}
