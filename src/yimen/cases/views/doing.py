"""The page of a verb: its consequence in words, its form; afterwards the next case of the list one came from."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yimen.cases import commands
from yimen.cases.access import REVOKE
from yimen.cases.forms import DOORS, form_for
from yimen.cases.models import Case
from yimen.cases.ports import VERBS, cautions, tab_of
from yimen.cases.queries import brief, desk, open_case, previews, why_not, wordings, work
from yimen.cases.views.case import DESK
from yimen.kit.actor import Actor
from yimen.kit.errors import Stale
from yimen.kit.guards import actor_of, duty
from yimen.kit.telling import translated
from yimen.kit.time import now
from yimen.law.states import Verb
from yimen.papers.queries import of as papers_of
from yimen.ui.acting import act, seen

RUN: dict[str, Callable[..., Case]] = {
    Verb.ACCEPT: commands.accept,
    Verb.ASK_SUPPLEMENT: commands.ask_supplement,
    Verb.REFUSE: commands.refuse,
    Verb.NOT_NEEDED: commands.not_needed,
    Verb.PAUSE: commands.pause,
    Verb.RESUME: commands.resume,
    Verb.EXTEND: commands.extend,
    Verb.DECIDE: commands.decide,
    Verb.FORWARD: commands.forward,
    Verb.RETURN: commands.return_unkept,
    Verb.WITHDRAW: commands.withdraw,
    Verb.VOID: commands.void,
    REVOKE: commands.revoke_decision,
}


@duty(*DESK)
@require_http_methods(["GET", "HEAD", "POST"])
def do(request: HttpRequest, number: str, verb: str) -> HttpResponse:
    """Show the verb's form; when posted, do it. A page that is behind says so and keeps what was typed."""
    actor, at = actor_of(request), now()
    case = open_case(number, by=actor, at=at, what="申请内容")
    refusal = why_not(verb, case, actor, at)
    if refusal is not None and request.method != "POST":
        raise refusal
    offers = wordings.offers(verb, case)
    if "insert" in request.POST:
        form = form_for(verb, case, at, None, _inserted(request.POST, offers))
    else:
        form = form_for(verb, case, at, request.POST if request.method == "POST" else None)
    version = seen(request.POST)
    stale = version is not None and version != case.version
    if stale:
        form.show(Stale())

    def run(given: dict[str, object]) -> str:
        RUN[verb](case, by=actor, at=at, seen=version, **given)
        return _onward(request, case, verb, actor)

    context = {
        **brief(case, at),
        "title": translated(VERBS[verb].label),
        "preview": previews.preview(verb, case, at),
        "cautions": cautions(case, verb),
        "panels": desk.panels(case, actor, at, only=frozenset({"tasks"})) if verb == Verb.DECIDE else [],
        "danger": DOORS[verb].danger,
        "offers": offers if verb != Verb.ASK_SUPPLEMENT else [],
        "proposals": wordings.discretion(case) if verb == Verb.DECIDE else [],
        "manual_url": wordings.manual_url(case),
        "gone": refusal if stale else None,
        "back": _case_url(request, case.number),
        "nav": "worklist",
    }
    return act(request, form, run=run, template=DOORS[verb].template, context=context)


def _inserted(post: QueryDict, offers: Sequence[wordings.Offer]) -> dict[str, str]:
    """What was typed, with the chosen standard words after it; nothing is done yet."""
    held, chosen = {name: post.get(name, "") for name in post}, post.get("insert", "")
    if chosen.isdecimal() and int(chosen) < len(offers):
        offer = offers[int(chosen)]
        held[offer.field] = "\n".join(filter(None, (held.get(offer.field, "").strip(), offer.text)))
    return held


def _onward(request: HttpRequest, case: Case, verb: str, actor: Actor) -> str:
    """Say what was done, with its paper; then the next case of the list, or this one when there was none."""
    papers = papers_of(case.number)
    words = _("%(number)s：已%(verb)s。") % {"number": case.number, "verb": translated(VERBS[verb].label)}
    paper = format_html(' <a href="{}">{}</a>', papers[-1]["url"], papers[-1]["title"]) if papers else ""
    own = format_html(' <a href="{}">{}</a>', reverse("cases:case", args=[case.number]), _("看本件"))
    listed = request.GET.get("list", "")
    messages.success(request, format_html("{}{}{}", words, paper, own if listed else ""))
    if not listed:
        return reverse("cases:case", args=[case.number])
    tab = tab_of(listed)
    if tab is not None and tab.following is not None:
        following = tab.following(case, actor, now())
        return _case_url(request, following) if following else tab.url()
    wanted = work.asked(QueryDict(listed), actor)
    following = work.following(wanted, case, actor, now())
    return _case_url(request, following) if following else f"{reverse('cases:worklist')}?{wanted.query}"


def _case_url(request: HttpRequest, number: str) -> str:
    listed = request.GET.get("list", "")
    return reverse("cases:case", args=[number]) + (f"?{urlencode({'list': listed})}" if listed else "")
