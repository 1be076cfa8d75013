"""What was promised at acceptance (容缺) and has not come: a list of its own, what has passed on top."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yimen.cases.queries import owing, tabs
from yimen.cases.queries.committing import CHECKING
from yimen.cases.views.listed import columns, shown
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
        return shown(
            request,
            title=_("容缺待补"),
            heading=_("办件"),
            nav="worklist",
            tabs=tabs(actor, at, "promises"),
            page=page,
            rows=owing.promise_rows(list(page.items), at),
            columns=columns(
                clock=_("补交期限"), material=_("承诺后补的材料"), applicant=_("申请人"), number="link",
                last={"key": "told", "label": _("告知"), "kind": "text"},
            ),
            lead=_(
                "到期前两个工作日提醒申请人，过了日期当天告知。没有补齐不能准予；过了日期的，打开办件可以退件，也可以作出不予的决定。"
            ),
            nothing={
                "title": _("没有等待补交的容缺材料"),
                "text": _("受理时承诺后补、还没有补交的材料会列在这里，过了日期的排在最前。"),
                "url": "", "label": "", "icon": "circle-check",
            },
        )  # fmt: skip
