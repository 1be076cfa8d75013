"""The public page that says whether a licence is valid."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yimen.kit.guards import public
from yimen.kit.time import now
from yimen.ui.words import plain_date
from yimen.vault import queries


@public
@require_safe
def check(request: HttpRequest, token: str) -> HttpResponse:
    """Is the licence behind a QR valid? Anybody may ask who has it; a person's name and number stay masked."""
    found = queries.by_token(token)
    if found is None:
        return render(request, "vault/unknown.html", {}, status=404)
    checked = queries.check(found, now())
    rows = [
        {"label": _("证照名称"), "value": checked.kind},
        {"label": _("持有人"), "value": checked.holder},
        {"label": _("证照编号"), "value": checked.number},
        {"label": _("颁发机关"), "value": checked.issuer},
        {"label": _("签发日期"), "value": plain_date(checked.issued_on)},
        {"label": _("有效期至"), "value": plain_date(checked.valid_to) if checked.valid_to else _("长期")},
    ]
    answer = render(request, "vault/check.html", {"checked": checked, "rows": rows, "state": checked.state.label})
    answer["Cache-Control"] = "no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer
