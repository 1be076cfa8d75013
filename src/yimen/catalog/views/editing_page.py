"""How a section of the editor is shown: outline with counts, widgets with findings, who saved last."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from yimen.catalog.choices.labels import place_words
from yimen.catalog.commands import Saved
from yimen.catalog.models import Edition
from yimen.catalog.queries.editing.layout import SECTIONS, Section
from yimen.catalog.queries.editing.nodes import Node, walk
from yimen.catalog.queries.editing.opening import changed_words, last_saving, why_not
from yimen.catalog.queries.editing.options import condition_fields, dress, suggestions
from yimen.catalog.queries.editing.pages import Page
from yimen.catalog.queries.editing.spots import Count, counts, pin, spots
from yimen.files.choices import ACCEPT
from yimen.kit.actor import Actor
from yimen.kit.guards import actor_of
from yimen.kit.time import now
from yimen.sheets.queries import search_library
from yimen.ui.words import people_when

PLAIN = ("text", "long", "lines", "choice", "integer", "number")


def show(
    request: HttpRequest, edition: Edition, page: Page, *, base: int | None = None, focus: str = "", dirty: bool = False
) -> HttpResponse:
    """base: the revision that the page was made of. focus: the row that takes the focus. dirty: not saved yet."""
    item, actor = edition.item, actor_of(request)
    why = why_not(item, edition, actor)
    found = spots(page.mine)
    rest = pin(page, found)
    _focus(page, focus)
    dress(page.nodes, page.document, page.fields)
    following_section = following(page.section)
    context = {
        "item": item, "edition": edition, "section": page.section, "page": page, "nav": "catalog",
        "base": edition.revision if base is None else base, "why": why, "editable": not why, "rest": rest,
        "outline": outline(item.slug, counts(found), page.section), "dirty": dirty,
        "said": "" if dirty else said(edition, actor), "others": others(edition, actor, base),
        "next": {"label": _("保存，下一部分：{title}").format(title=following_section.title)}
        if following_section else None,
        "accept": ACCEPT, "condition_fields": json.dumps(condition_fields(page.fields, ""), ensure_ascii=False),
        "suggested": suggestions() if page.section.key == "form" else (),
        "elements": [each for each in search_library() if not each.retired] if page.section.key == "form" else (),
    }  # fmt: skip
    return render(request, "catalog/edit.html", context)


def outline(slug: str, found: dict[str, Count], current: Section) -> list[dict[str, Any]]:
    """The sections with how much the checks have to say of each."""
    return [
        {
            "key": section.key,
            "title": section.title,
            "url": reverse("catalog:edit_section", args=[slug, section.key]),
            "count": found[section.key],
            "current": section == current,
        }
        for section in SECTIONS
    ]


def following(section: Section) -> Section | None:
    """The section after one; None after the last."""
    place = SECTIONS.index(section) + 1
    return SECTIONS[place] if place < len(SECTIONS) else None


def said(edition: Edition, actor: Actor) -> str:
    """已保存 14:32, and by whom where it was somebody else."""
    last = last_saving(edition)
    if last is None:
        return ""
    when = people_when(last.saved_at, now())
    if last.saved_by == actor.user:
        return _("已保存 {when}").format(when=when)
    return _("{name} {when} 保存").format(name=last.saved_by_name or _("系统"), when=when)


def others(edition: Edition, actor: Actor, base: int | None = None) -> str:
    """Who else is at work: somebody saved since the page was made, or within the last half hour."""
    last = last_saving(edition)
    newer = last is not None and base is not None and last.number > base
    if last is None or (last.saved_by == actor.user and not newer):
        return ""
    facts = {"name": last.saved_by_name or _("系统"), "when": people_when(last.saved_at, now())}
    parts = changed_words(last)
    if newer:
        return _("{name} {when} 保存了{parts}。您保存时会自动并入；改到同一处的，会请您选择。").format(
            parts=_("“{parts}”").format(parts=parts) if parts else _("草稿"), **facts
        )
    recent = (now() - last.saved_at).total_seconds() < 1800
    return _("{name}也在修改这份草稿，最近一次保存是{when}。").format(**facts) if recent else ""


def tell(request: HttpRequest, saved: Saved) -> None:
    """What was taken over from others is said."""
    if saved.merged:
        places = "、".join(dict.fromkeys(place_words(place) for place in saved.merged))
        messages.info(request, _("已保存，并且并入了其他人刚才改动的内容：{places}。").format(places=places))


def _focus(page: Page, wanted: str) -> None:
    """The first plain field of the row that was just added or moved."""
    for node in walk(page.nodes):
        for row in node.rows:
            if row.name == wanted:
                first = next((each for each in walk(row.nodes) if _plain(each)), None)
                if first is not None:
                    first.focus = True


def _plain(node: Node) -> bool:
    return node.kind in PLAIN
