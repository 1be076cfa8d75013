"""My usual information (常用信息) as its owner sees it: field by field, since when and from where."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from yimen.applications.queries.remembered import Usual, Way, as_sheet, offered, switched_off, usual
from yimen.kit.errors import NotFound
from yimen.law.masking import mask_number, mask_numbers_in, mask_phone
from yimen.portal.queries.standing import chosen, spoken_for, whose
from yimen.sheets.choices import Kind, LibraryDocument
from yimen.sheets.queries import show
from yimen.sheets.queries.elements import search_library
from yimen.ui.words import plain_date

if TYPE_CHECKING:
    from yimen.identity.models import Subject
    from yimen.kit.actor import Actor

HIDDEN = "••••••"
OFTEN = ("delivery", "premises", "bank", "emergency", "agent")
"""Of what people keep, after what is their own."""
SIGN_IN = "person.phone"
"""Changed in the profile: it is also the number that one signs in with."""


def owner(actor: Actor, wanted: str | None, at: datetime) -> Subject:
    """Oneself, or whomever one speaks for. Raises NotFound."""
    return chosen(spoken_for(actor, at), wanted)


def page(one: Subject, actor: Actor, at: datetime) -> dict[str, Any]:
    """Everything that the page shows."""
    rows = usual(one, by=actor, at=at)
    return {
        "one": one,
        "own": actor.is_one(one.pk),
        "off": switched_off(one),
        "rows": [_row(each, one, actor, n == 0 or rows[n - 1].element != each.element) for n, each in enumerate(rows)],
        "whose": whose(spoken_for(actor, at), one, actor),
        "of": of(one, actor),
        "limited": any(not each.everywhere and not each.sensitive for each in rows),
    }


def of(one: Subject, actor: Actor) -> str:
    """The query that says whose page it is."""
    return "" if actor.is_one(one.pk) else "?" + urlencode({"of": one.pk})


def _row(each: Usual, one: Subject, actor: Actor, first: bool) -> dict[str, Any]:
    code, mine = each.element.code, actor.is_one(one.pk)
    in_profile = code == SIGN_IN and mine
    return {
        "label": each.element.name,
        "value": shown(each),
        "source": _source(each, one),
        "case_url": reverse("portal:case", args=[each.number]) if each.number else "",
        "limited": not each.everywhere,
        "edit_url": reverse("identity:edit_profile") + "#id_phone" if in_profile else _url("edit", code, one, actor),
        "forget_url": "" if in_profile and each.way is Way.PROFILE else _url("forget", code, one, actor),
        "first": first,
    }


def _url(verb: str, code: str, one: Subject, actor: Actor) -> str:
    return reverse(f"portal:usual_{verb}", args=[code]) + of(one, actor)


def shown(each: Usual) -> str:
    """A value in words: a sensitive one masked, as a screen is looked at by others too."""
    words = show(as_sheet(each.element), {"value": each.value})[0].text
    if each.element.kind is Kind.IDCARD:
        return mask_number(words)
    if each.element.kind is Kind.PHONE:
        return mask_phone(words)
    return HIDDEN if each.sensitive else mask_numbers_in(words)


def _source(each: Usual, one: Subject) -> str:
    day = plain_date(each.on) if each.on else ""
    words = {
        Way.TYPED: _("在这里填写"),
        Way.PROFILE: _("个人资料") if one.is_person else _("单位资料"),
        Way.APPLICATION: _("办理“%(item)s”时填写") % {"item": each.item},
    }
    return f"{words[each.way]} · {day}" if day else words[each.way]


def found(one: Subject, asked: str) -> list[LibraryDocument]:
    """The fields that may be kept, those asked for; where nothing is asked, what is asked most often comes first."""
    may = {each.code for each in offered(one)}
    rows = [each for each in search_library(asked) if each.code in may]
    topics = (one.prefix, *OFTEN)
    return rows if asked else sorted(rows, key=lambda each: _place(each.code.partition(".")[0], topics))


def _place(topic: str, topics: Sequence[str]) -> int:
    return topics.index(topic) if topic in topics else len(topics)


def held(one: Subject, code: str, actor: Actor, at: datetime) -> Usual | None:
    """What is remembered of a field, if anything."""
    return next((each for each in usual(one, by=actor, at=at) if each.element.code == code), None)


def element_for(one: Subject, code: str) -> LibraryDocument:
    """A field that may be kept. Raises NotFound."""
    found_one = next((each for each in offered(one) if each.code == code), None)
    if found_one is None:
        raise NotFound
    return found_one
