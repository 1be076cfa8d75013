"""What is on its way: the list of it, the page of one edition in the making, and two editions side by side."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yimen.catalog import queries
from yimen.catalog.access import DESK
from yimen.catalog.choices import EditionState, MeasureKind, MeasureState
from yimen.catalog.choices.labels import place_words
from yimen.catalog.models import Edition, Measure
from yimen.catalog.queries import faces, life, offices
from yimen.catalog.queries.readiness import meaning, obstacles
from yimen.catalog.views.package_life import waiting_list
from yimen.kit.actor import Actor
from yimen.kit.errors import NotFound
from yimen.kit.guards import actor_of, duty
from yimen.kit.telling import translated
from yimen.kit.time import day_of, now
from yimen.ui.words import plain_date

if TYPE_CHECKING:
    from yimen.catalog.queries.impact import Touched


@duty(*DESK)
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """Editions and packages in the making and measures that the reader looks after."""
    actor = actor_of(request)
    reviews = not actor.may("editor") and not actor.may("administrator")
    context = {
        "nav": "catalog_waiting",
        "editions": [_edition_row(each) for each in life.waiting(duties=actor.duties, agencies=actor.agencies)],
        "measures": [
            _measure_row(each) for each in life.measures_waiting(duties=actor.duties, agencies=actor.agencies)
        ],
        **waiting_list(actor),
        "empty_why": _("等您审核的版本会列在这里。") if reviews else _("在事项页选择“修改”，就可以起草新的版本。"),
        "columns": [
            {"key": "name", "label": _("事项"), "kind": "link", "wide": True},
            {"key": "agency", "label": _("部门"), "kind": "text"},
            {"key": "version", "label": _("版本"), "kind": "text"},
            {"key": "state", "label": _("到了哪一步"), "kind": "badge"},
            {"key": "planned", "label": _("计划施行"), "kind": "text"},
        ],
        "measure_columns": [
            {"key": "name", "label": _("事项"), "kind": "link", "wide": True},
            {"key": "kind", "label": _("措施"), "kind": "text"},
            {"key": "agency", "label": _("部门"), "kind": "text"},
            {"key": "state", "label": _("到了哪一步"), "kind": "badge"},
            {"key": "planned", "label": _("计划施行"), "kind": "text"},
        ],
    }
    return render(request, "catalog/waiting.html", context)


@duty(*DESK)
@require_safe
def draft(request: HttpRequest, slug: str) -> HttpResponse:
    """The edition in the making: where it stands, what differs, what it means for open cases, what can be done."""
    edition = life.in_the_making(slug)
    item = edition.item
    document, problems = obstacles(edition)
    base = edition.base
    found = meaning(edition, document, on=_day(edition)) if document else None
    context = {
        "nav": "catalog_waiting",
        "item": item,
        "edition": edition,
        "edition_name": faces.name_of(edition),
        "base_name": faces.name_of(base) if base else "",
        "comparable": document is not None and base is not None,
        "chapters": faces.chapters(queries.difference(base.doc, document)) if document and base else [],
        "impact": found,
        "impact_sentence": faces.sentence(found, edition) if found else "",
        "touched": [_touched(each, edition) for each in found.touched] if found else [],
        "problems": [{"place": place_words(each.field), "reason": translated(each.reason)} for each in problems],
        "state_word": edition.get_state_display(),
        "tone": faces.TONES[EditionState(edition.state)],
        "state_text": _turn(edition),
        "verbs": offices.verbs(edition, actor_of(request), problems),
        "links": _links(edition, actor_of(request)),
        "story": faces.story(edition.passages.select_related("edition").order_by("-id")),
    }
    return render(request, "catalog/draft.html", context)


@duty(*DESK)
@require_safe
def difference(request: HttpRequest, slug: str) -> HttpResponse:
    """Two editions of an item; without numbers the newest and the one before it."""
    item = life.item_of(slug)
    editions = list(queries.editions_of(slug).exclude(state=EditionState.DRAFT).order_by("version"))
    if not editions:
        raise NotFound(_("这个事项还没有可以比较的版本。"))
    before = _chosen(editions, request.GET.get("from", ""), editions[-2:][0])
    after = _chosen(editions, request.GET.get("to", ""), editions[-1])
    context = {
        "nav": "catalog",
        "item": item,
        "before": before,
        "after": after,
        "pairs": [(each.version, faces.name_of(each)) for each in editions],
        "chapters": faces.chapters(queries.difference(before.doc, after.doc)),
    }
    return render(request, "catalog/difference.html", context)


def _day(edition: Edition) -> date:
    """On which day it would count as things stand."""
    today = day_of(now())
    return max(edition.planned_from or today, today)


def _chosen(editions: list[Edition], asked: str, otherwise: Edition) -> Edition:
    return next((each for each in editions if str(each.version) == asked), otherwise)


def _edition_row(edition: Edition) -> dict[str, Any]:
    return {
        "name": edition.item.name,
        "agency": edition.item.agency.name,
        "version": faces.name_of(edition),
        "state": _badge(edition.get_state_display(), faces.TONES[EditionState(edition.state)]),
        "planned": plain_date(edition.planned_from) if edition.planned_from else "",
        "url": reverse("catalog:draft", args=[edition.item.slug]),
    }


def _measure_row(measure: Measure) -> dict[str, Any]:
    return {
        "name": _("、").join(item.name for item in measure.items.all()),
        "kind": MeasureKind(measure.kind).label,
        "agency": measure.agency.name,
        "state": _badge(measure.get_state_display(), faces.MEASURE_TONES[MeasureState(measure.state)]),
        "planned": plain_date(measure.planned_from),
        "url": reverse("catalog:measure", args=[measure.pk]),
    }


def _badge(word: str, tone: str) -> dict[str, str]:
    return {"word": word, "tone": tone, "icon": "point"}


def _turn(edition: Edition) -> str:
    """Whose turn it is."""
    day = plain_date(edition.planned_from) if edition.planned_from else ""
    return {
        EditionState.DRAFT: _("正在编制，可以修改。"),
        EditionState.CHECKED: _("已送审，等机构编制部门审核。"),
        EditionState.STAFFED: _("编制审核已通过，等法制部门审核。"),
        EditionState.APPROVED: _("审核已完成，%(day)s起施行。") % {"day": day},
    }[EditionState(edition.state)]


def _touched(touched: Touched, edition: Edition) -> dict[str, Any]:
    change = touched.change
    return {
        "word": faces.words_of_change(change.kind)[0],
        "label": f"{change.label}：{change.called}" if change.called != change.label else change.label,
        "keeps": touched.keeps,
        "decide": touched.decide,
        "reach": faces.reach_of(touched, edition),
        "why": faces.why_new_only(change),
    }


def _links(edition: Edition, actor: Actor) -> list[dict[str, str]]:
    slug = edition.item.slug
    links = [{"label": _("预览"), "url": reverse("catalog:preview", args=[slug]), "icon": "eye"}]
    if edition.state == EditionState.DRAFT and actor.may("editor", edition.item.agency_id):
        links.insert(0, {"label": _("编辑"), "url": reverse("catalog:edit", args=[slug]), "icon": "pencil"})
    return links
