"""What was promised at acceptance (容缺) and has not come: a list of its own, what has passed on top."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yimen.cases.queries import owing, tabs
from yimen.cases.queries.committing import CHECKING
from yimen.kit.commands import remembering
from yimen.kit.guards import actor_of, duty
from yimen.kit.time import now


@duty(*CHECKING)
@require_safe
def promises(request: HttpRequest) -> HttpResponse:
    """Promises that are still to be kept, the oldest day first; each opens its case, where it can be returned."""
    actor, at = actor_of(request), now()
    with remembering():
        page = owing.promised(actor, cursor=request.GET.get("cursor"))
        context = {
            "page": page, "rows": owing.promise_rows(list(page.items), at), "tabs": tabs(actor, at, "promises"),
            "nav": "worklist",
            "columns": [
                {"key": "clock", "label": _("补交期限"), "kind": "clock"},
                {"key": "material", "label": _("承诺后补的材料"), "kind": "strong", "wide": True},
                {"key": "item", "label": _("事项"), "kind": "text", "wide": True},
                {"key": "applicant", "label": _("申请人"), "kind": "text"},
                {"key": "number", "label": _("编号"), "kind": "link"},
                {"key": "told", "label": _("告知"), "kind": "text"},
            ],
        }  # fmt: skip
        return render(request, "cases/promises.html", context)
