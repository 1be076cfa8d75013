"""The desk of consultations: which proofs are still to be put to the public, opening, hearing, answering."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yimen.catalog import access
from yimen.catalog.access import DESK
from yimen.catalog.choices.consulting import Proof
from yimen.catalog.commands import consulting as commands
from yimen.catalog.models import Consultation, Item
from yimen.catalog.queries import consulting, consulting_desk
from yimen.catalog.queries.editions import NoSuchItem
from yimen.catalog.views.consulting_forms import ConsultationForm, HearingForm, OutcomeForm
from yimen.kit.guards import actor_of, duty
from yimen.kit.paging import page
from yimen.kit.time import day_of, now
from yimen.ui.acting import act
from yimen.ui.ports import place

ONE_FORM = "catalog/consult_form.html"


@duty(*DESK)
@require_safe
def consultations(request: HttpRequest) -> HttpResponse:
    """Those of this desk's agencies, by where they stand."""
    actor, today = actor_of(request), day_of(now())
    state, asked = request.GET.get("state", ""), request.GET.get("q", "").replace("\x00", "").strip()[:60]
    rows = consulting.consultations(asked=asked, agencies=actor.agencies)
    found = consulting.in_state(rows, state, today)
    shown = page(found, by=("-opens_on", "-id"), cursor=request.GET.get("cursor"), size=50)
    context = {
        "columns": consulting_desk.columns(), "rows": consulting_desk.lines(shown.items, today), "page": shown,
        "tabs": consulting_desk.tabs(rows, state, asked, today), "q": asked, "state": state, "nav": "consultations",
        "may_open": actor.may("editor"),
    }  # fmt: skip
    return render(request, "catalog/consultations.html", context)


@duty("editor")
@require_safe
def unheard(request: HttpRequest) -> HttpResponse:
    """The proofs that are still to be put to the public."""
    asked = request.GET.get("q", "").replace("\x00", "").strip()[:60]
    lines = consulting_desk.unheard(actor_of(request), asked)
    columns = [
        {"key": "proof", "label": _("证明"), "kind": "link"},
        {"key": "item", "label": _("事项"), "kind": "text", "wide": True},
        {"key": "where", "label": _("出现在"), "kind": "text"},
        {"key": "agency", "label": _("实施主体"), "kind": "text"},
        {"key": "basis", "label": _("依据"), "kind": "text", "wide": True},
    ]
    context = {"rows": lines, "columns": columns, "q": asked, "many": consulting_desk.MANY, "nav": "consultations"}
    return render(request, "catalog/consult_unheard.html", context)


@duty("editor")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Put one proof of an item to the public."""
    actor, at = actor_of(request), now()
    item = Item.objects.select_related("agency").filter(slug=slug).first()
    if item is None:
        raise NoSuchItem
    access.require_editor(actor, item.agency_id)
    proof = _chosen(item, request.POST.get("proof") or request.GET.get("proof", ""))
    today = day_of(at)
    first = {
        "title": _("关于保留“%(proof)s”的公开征求意见") % {"proof": proof.name},
        "opens_on": today,
        "closes_on": today + timedelta(days=settings.YIMEN_CONSULTATION_DAYS - 1),
    }
    form = ConsultationForm(request.POST if request.method == "POST" else None, initial=first)
    _say_least(form)

    def run(cleaned: dict[str, Any]) -> str:
        made = commands.open_consultation(item, proof, **cleaned, by=actor, at=at)
        messages.success(request, _("已经公布。到开始那天，大家就可以提意见。"))
        return reverse("catalog:consultation", args=[made.pk])

    context = {
        "title": _("就一项证明征求意见"), "button": _("公布"), "back": reverse("catalog:consult_unheard"),
        "proof": proof, "facts": _proof_facts(item, proof), "nav": "consultations",
    }  # fmt: skip
    return act(request, form, run=run, template=ONE_FORM, context=context)


@duty(*DESK)
@require_safe
def consultation(request: HttpRequest, number: int) -> HttpResponse:
    """One: what is asked, what was said, what can be done now."""
    actor, today = actor_of(request), day_of(now())
    found = _visible(request, number)
    may = actor.may("editor", found.item.agency_id)
    context = {
        "consultation": found, "face": consulting_desk.face(found, today), "facts": consulting_desk.facts(found),
        "verbs": consulting_desk.verbs(found, today) if may else [], "may": may, "nav": "consultations",
        "voices": consulting_desk.voices(found, request.GET.get("cursor")),
        "public_url": f"{place('consultations')}{found.pk}/",
    }  # fmt: skip
    return render(request, "catalog/consultation.html", context)


@duty("editor")
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Change it before it begins."""
    found = _visible(request, number)
    first = {name: getattr(found, name) for name in ("title", "reason", "opens_on", "closes_on")}
    form = ConsultationForm(request.POST if request.method == "POST" else None, initial=first)
    _say_least(form)

    def run(cleaned: dict[str, Any]) -> str:
        commands.change_consultation(found, **cleaned, by=actor_of(request), at=now())
        messages.success(request, _("已修改。"))
        return reverse("catalog:consultation", args=[number])

    return _form(request, form, run, found, _("修改征求意见"), _("保存"))


@duty("editor")
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take it back before it begins, after a question."""
    found = _visible(request, number)
    if request.method == "POST":
        commands.withdraw_consultation(found, by=actor_of(request), at=now())
        messages.success(request, _("已撤下，公众不再看到。"))
        return HttpResponseRedirect(reverse("catalog:consultations"))
    context = {
        "title": _("撤下“%(title)s”？") % {"title": found.title},
        "consequence": _("还没有开始，撤下后公众不再看到；以后可以重新发起。"),
        "action_url": request.path,
        "action_label": _("撤下"),
        "cancel_url": reverse("catalog:consultation", args=[number]),
        "danger": True,
        "nav": "consultations",
    }
    return render(request, "ui/confirm.html", context)


@duty("editor")
@require_http_methods(["GET", "HEAD", "POST"])
def hearing(request: HttpRequest, number: int) -> HttpResponse:
    """Announce a hearing, or put down what was said in it."""
    found = _visible(request, number)
    first = {"on": found.hearing_on, "place": found.hearing_place, "said": found.hearing_record}
    sent = request.method == "POST"
    form = HearingForm(request.POST if sent else None, request.FILES if sent else None, initial=first)

    def run(cleaned: dict[str, Any]) -> str:
        commands.record_hearing(found, **cleaned, by=actor_of(request), at=now())
        messages.success(request, _("听证会已登记，公开页面上可以看到。"))
        return reverse("catalog:consultation", args=[number])

    return _form(request, form, run, found, _("登记听证会"), _("保存并公布"))


@duty("editor")
@require_http_methods(["GET", "HEAD", "POST"])
def conclude(request: HttpRequest, number: int) -> HttpResponse:
    """Answer, and say what becomes of the proof."""
    found = _visible(request, number)
    form = OutcomeForm(request.POST if request.method == "POST" else None)

    def run(cleaned: dict[str, Any]) -> str:
        commands.conclude_consultation(found, **cleaned, by=actor_of(request), at=now())
        messages.success(request, _("已办结，答复和结果已经公布。"))
        return reverse("catalog:consultation", args=[number])

    return _form(request, form, run, found, _("答复并办结"), _("公布答复和结果"))


def _form(request: HttpRequest, form: Any, run: Any, found: Consultation, title: str, button: str) -> HttpResponse:
    context = {
        "title": title, "button": button, "back": reverse("catalog:consultation", args=[found.pk]),
        "facts": consulting_desk.facts(found), "nav": "consultations", "caption": found.title,
    }  # fmt: skip
    return act(request, form, run=run, template=ONE_FORM, context=context)


def _visible(request: HttpRequest, number: int) -> Consultation:
    """A desk sees those of its own agencies."""
    found = consulting.consultation(number)
    if found.item.agency_id not in actor_of(request).agencies:
        raise consulting.NoSuchConsultation
    return found


def _chosen(item: Item, name: str) -> Proof:
    proofs = consulting.consultable(item)
    found = next((proof for proof in proofs if proof.name == name), None)
    if found is None:
        raise commands.NotAProof(name=name or item.name)
    return found


def _proof_facts(item: Item, proof: Proof) -> list[dict[str, str]]:
    pairs = [
        (_("证明"), proof.name),
        (_("事项"), item.name),
        (_("实施主体"), item.agency.name),
        (_("依据"), proof.basis or _("没有写明依据。没有依据的证明不能保留，只能改为其他方式或者取消。")),
    ]
    return [{"label": label, "value": value} for label, value in pairs]


def _say_least(form: ConsultationForm) -> None:
    least = settings.YIMEN_CONSULTATION_DAYS
    form.fields["closes_on"].help_text = _("截止当天仍可以提意见。征求意见不少于 %(days)s 天。") % {"days": least}
