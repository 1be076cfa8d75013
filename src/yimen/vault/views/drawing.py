"""Drawing up by hand: for whom and what, then what stands on it; or the next version of a licence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yimen.city import queries as city
from yimen.identity.choices import Document
from yimen.identity.queries import subject, subject_for_staff
from yimen.kit.actor import Actor
from yimen.kit.errors import Invalid, NotFound
from yimen.kit.guards import actor_of, duty
from yimen.kit.time import now
from yimen.ui.acting import act
from yimen.vault import access, commands, queries
from yimen.vault.choices import FieldType, VersionKind
from yimen.vault.forms.issuing import FIELD, ContentForm, HolderForm

if TYPE_CHECKING:
    from yimen.city.models import Agency
    from yimen.identity.models import Subject
    from yimen.vault.models import LicenceKind

PURPOSE = "制作证照"
SALT, A_DAY = "vault.drawing", 24 * 3600


@duty(*access.MAKERS)
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Which kind and for whom; goes on to what stands on it."""
    by = actor_of(request)
    listed = [(kind.code, kind.name) for kind in sorted(queries.kinds().values(), key=lambda kind: kind.name)]
    form = HolderForm(
        request.POST or None, kinds=listed, agencies=_agencies(by),
        initial={"document": Document.USCC},
    )  # fmt: skip
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        found = subject_for_staff(given["document"], given["number"], by=by, at=now(), purpose=PURPOSE)
        if found is not None:
            # Sealed, so that no number of a person stands in an address, nor can somebody else's be guessed.
            chosen = signing.dumps([given["kind"], given["agency"], found.pk, by.user], salt=SALT)
            return HttpResponseRedirect(reverse("vault:draw", args=[chosen]))
        form.add_error("number", _("没有登记过这个主体。请先在综合窗口登记，或者核对证件类型和号码。"))
    status = 422 if form.is_bound else 200
    return render(request, "vault/draw_begin.html", {"form": form, "nav": "issuing"}, status=status)


@duty(*access.MAKERS)
@require_http_methods(["GET", "HEAD", "POST"])
def draw(request: HttpRequest, chosen: str) -> HttpResponse:
    """What stands on it; somebody else signs."""
    by, at = actor_of(request), now()
    kind, agency, holder = _chosen(chosen, by)
    form = ContentForm(request.POST or None, fields=queries.kind_fields(kind), renewed=False, initial=_own(holder))

    def run(given: dict[str, Any]) -> str:
        made = commands.draw_up(
            kind, holder=holder, fields=form.values(given), agency=agency, case="", by=by, at=at,
            holders=_held(holder, given, by, at), valid_to=given["valid_to"],
        )  # fmt: skip
        messages.success(request, _("已制证，等待其他人员签发。"))
        return reverse("vault:issued", args=[made.pk])

    context = _context(_("制作%(kind)s") % {"kind": kind.name}, holder.name, reverse("vault:begin"))
    return act(request, form, run=run, template="ui/deed.html", context=context)


@duty(*access.MAKERS)
@require_http_methods(["GET", "HEAD", "POST"])
def next_version(request: HttpRequest, pk: int) -> HttpResponse:
    """变更、延续、换发: the same licence, the next version."""
    by, at = actor_of(request), now()
    old = queries.at_desk(pk, by=by, at=at)
    agency = old.agency
    if agency is None:
        raise NotFound
    dates = {field.key for field in queries.kind_fields(old.kind) if field.type == FieldType.DATE}
    known = {f"{FIELD}{key}": value if key in dates else queries.words_of(value) for key, value in old.fields.items()}
    form = ContentForm(request.POST or None, fields=queries.kind_fields(old.kind), renewed=True, initial=known)

    def run(given: dict[str, Any]) -> str:
        made = commands.draw_up(
            old.kind, holder=old.holder, fields=form.values(given), agency=agency, case=old.case, by=by, at=at,
            number=old.number, replaces=old, made_as=VersionKind(given["made_as"]), valid_to=given["valid_to"],
            holders=[commands.Held(each.subject, each.share) for each in queries.life_of(old).holders],
        )  # fmt: skip
        messages.success(request, _("新版本已制好，等待其他人员签发；签发前旧版本仍然有效。"))
        return reverse("vault:issued", args=[made.pk])

    context = _context(_("变更、延续或者换发"), f"{old.kind.name} · {old.number}", reverse("vault:issued", args=[pk]))
    return act(request, form, run=run, template="ui/deed.html", context=context)


def _chosen(chosen: str, by: Actor) -> tuple[LicenceKind, Agency, Subject]:
    """What was chosen on the page before, by the same person today."""
    try:
        code, agency, holder, user = signing.loads(chosen, salt=SALT, max_age=A_DAY)
    except signing.BadSignature as wrong:
        raise NotFound from wrong
    kind, office = queries.kind_named(code), city.agencies().filter(pk=agency).first()
    if kind is None or office is None or user != by.user or not access.may_manage(office.pk, by=by):
        raise NotFound
    return kind, office, subject(holder)


def _context(title: str, caption: str, back: str) -> dict[str, Any]:
    return {
        "title": title,
        "caption": caption,
        "consequence": _("制好的证照还没有效力，由其他人员核对、签发以后才生效。制证和签发不能是同一个人。"),
        "action_label": _("制证，交由他人签发"),
        "back": back,
        "nav": "issuing",
    }


def _agencies(by: Actor) -> list[tuple[str, str]]:
    return [(str(pk), name) for pk, name in city.agency_choices(by.agencies) if access.may_manage(pk, by=by)]


def _own(holder: Any) -> dict[str, str]:
    number = "id_number" if holder.is_person else "uscc"
    return {f"{FIELD}name": holder.name, f"{FIELD}{number}": holder.number, f"{FIELD}owner_name": holder.name}


def _held(first: Any, given: dict[str, Any], by: Actor, at: Any) -> list[commands.Held]:
    """Each line of the field: number, blank, share. Raises Invalid for somebody who isn't registered."""
    lines = [line.split(maxsplit=1) for line in given["others"].splitlines() if line.strip()]
    if not lines:
        return []
    held = [commands.Held(first, given["own_share"])]
    for number, *share in lines:
        found = subject_for_staff(Document.CITIZEN_ID, number, by=by, at=at, purpose=PURPOSE)
        if found is None:
            message = _("没有登记过身份证号码为 %(number)s 的人。") % {"number": number}
            raise Invalid([{"field": "others", "code": "nobody", "message": message}])
        held.append(commands.Held(found, share[0] if share else ""))
    return held
