"""What the pages of an application share: open the draft, keep what was typed."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from yimen.applications import commands
from yimen.applications.queries import find, lacking_fields
from yimen.kit.actor import Actor
from yimen.kit.errors import NotFound
from yimen.kit.guards import actor_of
from yimen.kit.time import now
from yimen.law.completeness import Missing
from yimen.portal.views.form_pages import FormPages

View = Callable[..., HttpResponse]


def with_draft(view: View) -> View:
    """Give the view the draft instead of its number; what was submitted already leads to its receipt."""

    @functools.wraps(view)
    def opened(request: HttpRequest, number: str, *args: Any, **kwargs: Any) -> HttpResponse:
        application = find(number, by=actor_of(request), at=now())
        if not application.is_draft:
            if request.method == "POST" and "names" in request.POST:
                messages.warning(
                    request,
                    _("这份申请已经提交，刚才填写的内容没有保存。要更正的，请联系办理机关，或者撤回后重新申请。"),
                )
            return redirect("portal:done", number)
        if request.method == "GET" and _went_over(application, request):
            return redirect("portal:tasks", number)
        return view(request, application, *args, **kwargs)

    return opened


def _went_over(application: Any, request: HttpRequest) -> bool:
    """Is the draft now under a newer edition? What is posted is kept under the one its page was made of."""
    if application.edition.current:
        return False
    try:
        commands.renew(application, by=actor_of(request), at=now())
    except (NotFound, commands.NothingNewer):
        return False
    return True


class ItemPages(FormPages):
    """The form of one item."""

    @property
    def name(self) -> str:
        return str(self.application.edition.doc.name)

    def sheet(self, answers: Mapping[str, Any]) -> Any:
        return self.application.edition.doc

    def lacking(self) -> Sequence[Missing]:
        return lacking_fields(self.application)

    def answer(self, told: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
        return commands.answer(self.application, dict(told), by=self.actor, at=now())

    def reload(self) -> None:
        self.application = find(self.application.number, by=self.actor, at=now())

    def after(self) -> HttpResponseRedirect:
        return HttpResponseRedirect(self.url("materials" if self.application.edition.doc.materials else "check"))


def answered(application: Any, raw: dict[str, Any], names: Collection[str], **hand: Any) -> list[dict[str, str]]:
    """One command for the answers to these fields."""
    errors = commands.answer(application, {name: value for name, value in raw.items() if name in names}, **hand)
    return [{"field": each["field"], "code": each["code"], "message": each["message"]} for each in errors]


def as_person(actor: Actor) -> Actor:
    """Somebody as a private person: pages of one's own show nothing that one sees at work."""
    return replace(actor, duties=frozenset(), agencies=frozenset(), office=None, window=None, post=None)


def back_to(request: HttpRequest, url: str, *, anchor: str = "") -> HttpResponseRedirect:
    """See other; with a place on the page."""
    return HttpResponseRedirect(f"{url}#{anchor}" if anchor else url)
