"""Taking what is handed in, for one item as for a package: what was refused comes back as a sentence, not as a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from yimen.applications.choices import Presented
from yimen.applications.commands import NoSuchEarlier, NoSuchLicence, NotDeferrable, ToleranceNotOpen
from yimen.kit.errors import Refusal
from yimen.kit.telling import translated
from yimen.law.said import said

USES = (Presented.LICENCE, Presented.PROMISE, Presented.EARLIER)
Attach = Callable[..., Any]


def taken(request: HttpRequest, attach: Attach) -> str:
    """Do what the form asks: show a licence, promise to bring it later, or hand in files. "" when all went well.

    attach: the command, with everything but what is handed in (`upload=(name, file)` or `presented=`).
    """
    use = request.POST.get("use", "")
    return _use(attach, Presented(use)) if use in USES else _files(request, attach)


def _files(request: HttpRequest, attach: Attach) -> str:
    given = request.FILES.getlist("file")
    failures = [] if given else [_("请选择要上传的文件。")]
    for one in given:
        name = one.name or "file"
        try:
            attach(upload=(name, one))
        except Refusal as refusal:
            if refusal.status in (403, 404, 409):
                raise
            why = said("{name}：{why}", name=name, why=refusal.detail) if len(given) > 1 else refusal.detail
            failures.append(translated(why))
    return " ".join(failures)


def _use(attach: Attach, presented: Presented) -> str:
    try:
        attach(presented=presented)
    except (NoSuchEarlier, NoSuchLicence, NotDeferrable, ToleranceNotOpen) as refusal:
        return translated(refusal.detail)
    return ""
