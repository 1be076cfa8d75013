"""Who stands at the window, and what they want."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from yimen.applications.queries import drafts
from yimen.catalog.queries import current
from yimen.city.choices import Duty
from yimen.counter import commands, queries
from yimen.counter.access import note_for, visitor_of
from yimen.counter.forms import VisitorForm
from yimen.counter.queries.together import packages_for
from yimen.identity.queries import account_at_window, same_person
from yimen.kit.guards import actor_of, duty
from yimen.kit.time import now
from yimen.ui.acting import act
from yimen.vault.queries import unseen_of


@duty(Duty.CLERK)
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """The next visitor: by document, entered now if nobody knows them yet."""
    actor, at = actor_of(request), now()
    form = VisitorForm(request.POST if request.method == "POST" else None)

    def run(given: dict[str, Any]) -> str:
        visitor = commands.visitor_named(**given, by=actor, at=at)
        return reverse("counter:visitor", args=[note_for(visitor.pk, actor)])

    context = {"drafts": drafts(actor, at)[:8], "nav": "counter"}
    return act(request, form, run=run, template="counter/start.html", context=context)


@duty(Duty.CLERK)
@require_http_methods(["GET", "HEAD", "POST"])
def visitor(request: HttpRequest, note: str) -> HttpResponse:
    """What do they want? A POST begins the application."""
    actor, at = actor_of(request), now()
    who = visitor_of(note, by=actor, at=at, what="登记资料、证照名称、在办办件")
    if request.method == "POST":
        edition = current(request.POST.get("item", ""))
        begun = commands.begin(edition, who, by=actor, at=at)
        return HttpResponseRedirect(reverse("counter:intake", args=[begun.number]))
    q = request.GET.get("q", "").strip()[:60]
    single, packages = queries.drafts_for(who, actor, at)
    context = {
        "who": queries.visitor_facts(who),
        "licences": queries.licences_of(who, at),
        "unseen": [
            {"name": each.kind.name, "url": reverse("counter:original", args=[note, each.pk])}
            for each in unseen_of(same_person(who.pk))
        ],
        "cases": queries.cases_of(who, actor, at),
        "drafts": single,
        "packages": [
            {"line": each, "url": reverse("counter:package_begin", args=[note, each.code])}
            for each in packages_for(who, q)
        ],
        "package_drafts": packages,
        "items": queries.items_for(who, q, actor, at),
        "q": q,
        "rename_url": reverse("counter:rename", args=[note]),
        "account_url": reverse("counter:account", args=[note]) if who.is_person else "",
        "account": account_at_window(who.pk) if who.is_person else None,
        "nav": "counter",
    }
    return render(request, "counter/visitor.html", context)


@duty(Duty.CLERK)
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """A case by its number, as the visitor shows it on the receipt."""
    number = request.GET.get("number", "").strip().upper()[:40]
    target = reverse("counter:case", args=[number]) if number.isalnum() else reverse("counter:start")
    return HttpResponseRedirect(target)
