"""Uploading an existing licence that the city has no data of, looking at one's scan, deleting it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yimen.city import queries as city
from yimen.files.queries import download, stored_file
from yimen.identity.queries import subject, subjects
from yimen.kit.errors import NotFound, Refusal
from yimen.kit.guards import actor_of, signed_in
from yimen.kit.time import now
from yimen.ui.acting import act
from yimen.vault import access, commands, queries
from yimen.vault.choices import HolderKind, State, Trust
from yimen.vault.forms.issuing import FIELD
from yimen.vault.forms.uploading import UploadForm
from yimen.vault.views.holding import number_of, readable

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from yimen.city.models import Agency
    from yimen.files.models import StoredFile
    from yimen.identity.models import Subject
    from yimen.kit.actor import Actor
    from yimen.vault.models import LicenceKind

SALT, A_DAY = "vault.uploading", 24 * 3600


@signed_in
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Which kind it is; goes on to what stands on it."""
    mine = _holders(request)
    code, asked = request.GET.get("kind", ""), "kind" in request.GET
    if queries.kind_named(code) is not None:
        return HttpResponseRedirect(reverse("vault:upload", args=[code]))
    fitting = [kind for kind in queries.kinds().values() if _fitting(kind, mine)]
    # GB 18030 orders common characters by their sound, as readers look for them.
    listed = sorted(((kind.name, kind.code) for kind in fitting), key=lambda each: each[0].encode("gb18030"))
    error = _("请从列表中选择证照的种类。") if asked else ""
    field = {
        "name": "kind", "label": _("是哪一种证照？"), "kind": "choice", "required": True, "value": "", "error": error,
        "choices": [{"value": code, "label": name} for name, code in listed],
    }  # fmt: skip
    errors = [{"field": "kind", "message": error}] if error else []
    return render(request, "vault/upload_choose.html", {"kind": field, "errors": errors}, status=422 if error else 200)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, code: str) -> HttpResponse:
    """What stands on it, and its scan."""
    kind, by = queries.kind_named(code), actor_of(request)
    if kind is None:
        raise NotFound
    mine = _fitting(kind, _holders(request))
    if not mine:
        messages.info(request, _("“%s”不发给您可以代表的人或者单位，请重新选择。") % kind.name)
        return HttpResponseRedirect(reverse("vault:upload_choose"))
    agencies = city.agencies().filter(department=kind.issuing_department).order_by("division__path", "code")
    bodies = {str(each.pk): each for each in agencies}
    kept = _kept(request)
    form = _form(request, kind, mine, bodies, kept=kept is not None)

    def run(given: dict[str, Any]) -> str:
        sent = given["scan"]
        scan: Any = (sent.name or "", sent) if sent else kept  # The form asks for one where none was kept.
        made = commands.upload(
            kind, holder=subject(number_of(given["holder"])), agency=bodies.get(given["agency"]),
            outside=commands.Outside(given["outside"], given["outside_region"]), number=given["number"],
            fields=form.values(given), scan=scan, issued_on=given["issued_on"], valid_to=given["valid_to"],
            by=by, at=now(),
        )  # fmt: skip
        messages.success(request, _("已上传。带原件到任一综合窗口核验一次，以后办事就可以直接使用。"))
        return reverse("vault:licence", args=[made.pk])

    def keep() -> dict[str, str]:
        """Asked for by the page when the form is shown again: what was sent needn't be sent once more."""
        sent = request.FILES.get("scan")
        found = _keep(sent, by) if sent is not None and "scan" not in form.errors else kept
        return {"name": found.name, "note": signing.dumps([str(found.pk), by.user], salt=SALT)} if found else {}

    return act(request, form, run=run, template="vault/upload.html", context={"kind": kind, "kept": keep})


def _form(
    request: HttpRequest, kind: LicenceKind, mine: Sequence[Subject], bodies: Mapping[str, Agency], *, kept: bool
) -> UploadForm:
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    return UploadForm(
        *sent,
        fields=queries.kind_fields(kind),
        holders=[(str(each.pk), each.name) for each in mine],
        agencies=[(pk, each.name) for pk, each in bodies.items()],
        limit=settings.YIMEN_UPLOAD_LIMIT // 1024**2,
        kept=kept,
        initial=_known(mine[0]) if len(mine) == 1 else {},
    )


def _kept(request: HttpRequest) -> StoredFile | None:
    """The scan that came with an earlier try of this form, of the same person."""
    try:
        pk, user = signing.loads(request.POST.get("kept", ""), salt=SALT, max_age=A_DAY)
    except signing.BadSignature:
        return None
    return stored_file(pk) if user == actor_of(request).user else None


def _keep(sent: UploadedFile[bytes], by: Actor) -> StoredFile | None:
    sent.seek(0)
    try:
        return commands.keep_scan(sent.name or "", sent, by=by, at=now())
    except Refusal:
        return None  # What is wrong with it is said when the rest of the form holds.


@signed_in
@require_safe
def scan(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What was uploaded, for whoever may see the licence."""
    found = readable(request, pk)
    if found.trust == Trust.A or not found.file_id:
        raise NotFound
    return download(str(found.file_id), inline="download" not in request.GET)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked first, then deleted."""
    found, by, at = readable(request, pk), actor_of(request), now()
    if found.trust != Trust.C or found.state != State.SIGNED or not access.may_take_back(found, by=by, at=at):
        raise NotFound
    if request.method == "POST":
        commands.take_back(found, reason="持证人删除", by=by, at=at)
        messages.success(request, _("已删除上传的“%s”。") % found.kind.name)
        return HttpResponseRedirect(reverse("vault:mine"))
    context = {
        "title": _("删除上传的“%s”？") % found.kind.name,
        "consequence": _("删除后不再出现在您的证照里，需要时可以重新上传。纸质原件不受影响。"),
        "action_url": request.path, "action_label": _("删除"), "danger": True, "points": [], "hidden": {}, "fields": [],
        "cancel_url": reverse("vault:licence", args=[pk]), "errors": [],
    }  # fmt: skip
    return render(request, "ui/confirm.html", context)


def _holders(request: HttpRequest) -> list[Subject]:
    wanted = access.uploads_for(actor_of(request), now())
    known = subjects(wanted)
    return [known[pk] for pk in wanted]


def _fitting(kind: LicenceKind, holders: list[Subject]) -> list[Subject]:
    """Those to whom such a licence is given."""
    wanted = {HolderKind.NATURAL: (True,), HolderKind.LEGAL: (False,)}.get(HolderKind(kind.holder_kind), (True, False))
    return [each for each in holders if each.is_person in wanted]


def _known(holder: Subject) -> dict[str, str]:
    number = "id_number" if holder.is_person else "uscc"
    return {f"{FIELD}name": holder.name, f"{FIELD}{number}": holder.number, f"{FIELD}owner_name": holder.name}
