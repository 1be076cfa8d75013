"""What everybody may know of keys: which are revoked, the list for programs, the authority's certificate."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yimen.city import queries
from yimen.kit.errors import NotFound
from yimen.kit.guards import public
from yimen.kit.paging import page
from yimen.kit.signing.certificates import as_pem
from yimen.kit.time import CHINA, now


@public
@require_safe
def revoked(request: HttpRequest) -> HttpResponse:
    """Revoked keys, the newest first."""
    shown = page(queries.revoked_keys(), by=("-revoked_at", "-id"), cursor=request.GET.get("cursor"), size=50)
    names = queries.holder_names({key.holder for key in shown.items})
    rows = [
        {
            "holder": names[key.holder],
            "name": key.name,
            "reason": _(key.get_reason_display()),
            "revoked": key.revoked_at,
            "void": key.distrusted_from,
        }
        for key in shown.items
    ]
    columns = [
        {"key": "holder", "label": _("签发机关"), "kind": "strong"},
        {"key": "name", "label": _("密钥编号"), "kind": "text"},
        {"key": "revoked", "label": _("吊销时间"), "kind": "datetime"},
        {"key": "void", "label": _("此后签发的无效"), "kind": "datetime"},
        {"key": "reason", "label": _("原因"), "kind": "text"},
    ]
    context = {"rows": rows, "columns": columns, "page": shown, "authority": queries.authority_key()}
    return render(request, "city/revoked.html", context)


@public
@require_safe
def certificate_list(request: HttpRequest) -> HttpResponse:
    """The X.509 revocation list that the certificates in our PDF files name."""
    answer = HttpResponse(queries.certificate_list(now()), content_type="application/pkix-crl")
    answer["Content-Disposition"] = 'attachment; filename="revoked.crl"'
    answer["Cache-Control"] = "public, max-age=300"
    return answer


@public
@require_safe
def authority(request: HttpRequest) -> HttpResponse:
    """The authority's certificate: whoever trusts it sees our PDF files as signed by whom they say."""
    key = queries.authority_key()
    if key is None or key.certificate is None:
        raise NotFound
    answer = HttpResponse(as_pem(bytes(key.certificate)), content_type="application/x-pem-file")
    answer["Content-Disposition"] = f'attachment; filename="authority-{key.since.astimezone(CHINA):%Y}.pem"'
    return answer
