"""A visitor has brought the original of a licence that they uploaded: a clerk compares the two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yimen.city.choices import Duty
from yimen.counter.access import visitor_of
from yimen.counter.forms import OriginalForm
from yimen.files.queries import download
from yimen.identity.queries import same_person
from yimen.kit.errors import NotFound
from yimen.kit.guards import actor_of, duty
from yimen.kit.time import now
from yimen.ledger.commands import look
from yimen.ui.acting import act
from yimen.vault import commands as vault
from yimen.vault import queries as licences

if TYPE_CHECKING:
    from yimen.vault.models import Licence


@duty(Duty.CLERK)
@require_http_methods(["GET", "HEAD", "POST"])
def original(request: HttpRequest, note: str, pk: int) -> HttpResponse:
    """Compared and the same: level B. Not the same: set aside, with the reason, which the visitor is told."""
    actor, at, found = actor_of(request), now(), _upload(request, note, pk)
    back = reverse("counter:visitor", args=[note])
    differs = request.POST.get("differs", "").strip()
    if differs:
        vault.take_back(found, reason=differs, by=actor, at=at)
        messages.info(request, _("已登记：与原件不一致，“%s”没有采用，办事人会收到通知。") % found.kind.name)
        return HttpResponseRedirect(back)

    def run(given: dict[str, Any]) -> str:
        vault.verify_original(found, **given, by=actor, at=at)
        messages.success(request, _("“%s”已核验原件，现在可以直接使用。") % found.kind.name)
        return back

    form = OriginalForm(request.POST if request.method == "POST" else None, initial={"valid_to": found.valid_to})
    context = {
        "licence": found, "back": back, "note": note, "nav": "counter",
        "rows": [
            {"label": _("持证主体"), "value": found.holder_name},
            {"label": _("证照编号"), "value": found.number},
            {"label": _("颁发机关"), "value": found.issuer},
            *({"label": fact.label, "value": fact.value} for fact in licences.facts(found)),
        ],
    }  # fmt: skip
    return act(request, form, run=run, template="counter/original.html", context=context)


@duty(Duty.CLERK)
@require_safe
def scan(request: HttpRequest, note: str, pk: int) -> HttpResponseBase:
    """What was uploaded, beside the original."""
    found = _upload(request, note, pk)
    return download(str(found.file_id), inline=True)


def _upload(request: HttpRequest, note: str, pk: int) -> Licence:
    """An upload of whoever stands here; that the clerk looked is written down. Raises VisitorGone, NotFound."""
    actor, at = actor_of(request), now()
    visitor = visitor_of(note, by=actor, at=at)
    found = next((each for each in licences.unseen_of(same_person(visitor.pk)) if each.pk == pk), None)
    if found is None:
        raise NotFound
    look(found.holder_id, by=actor, at=at, purpose="核验原件", what=f"licence:{pk}")
    return found
