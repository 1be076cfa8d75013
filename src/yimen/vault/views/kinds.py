"""Kinds of licences at the desk: the list, one, changing it, how its licences look."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yimen.city.choices import Duty
from yimen.city.queries import agencies
from yimen.kit.errors import Invalid, NotFound
from yimen.kit.guards import actor_of, duty
from yimen.kit.time import day_of, now
from yimen.papers.choices import Form as Face
from yimen.papers.queries import licence_pdf
from yimen.ui.acting import act
from yimen.vault import access, commands, queries
from yimen.vault.choices import FieldType, HolderKind, Sensitivity
from yimen.vault.forms.kinds import FACES, KindForm, LayoutForm
from yimen.vault.models import LicenceKind

WRITERS = (Duty.ADMINISTRATOR, Duty.EDITOR)


@duty(*WRITERS, *access.MAKERS)
@require_safe
def kinds(request: HttpRequest) -> HttpResponse:
    """All kinds, by name."""
    names = _departments()
    rows = [
        {
            "name": kind.name,
            "department": names.get(kind.issuing_department, kind.issuing_department),
            "holder": _(kind.get_holder_kind_display()),
            "validity": kind.validity or _("长期"),
            "fields": len(kind.key_fields),
            "url": reverse("vault:kind", args=[kind.code]),
        }
        for kind in sorted(queries.kinds().values(), key=lambda kind: kind.name)
    ]
    columns = [
        {"key": "name", "label": _("证照种类"), "kind": "strong", "wide": True},
        {"key": "department", "label": _("颁发部门"), "kind": "text"},
        {"key": "holder", "label": _("持证主体"), "kind": "text"},
        {"key": "validity", "label": _("有效期"), "kind": "text", "wide": True},
        {"key": "fields", "label": _("字段"), "kind": "number"},
    ]
    writes = bool(actor_of(request).duties & set(WRITERS))
    return render(request, "vault/kinds.html", {"rows": rows, "columns": columns, "nav": "kinds", "writes": writes})


@duty(*WRITERS, *access.MAKERS)
@require_safe
def kind(request: HttpRequest, code: str) -> HttpResponse:
    """One kind: its fields, its layouts."""
    found, writes = _kind(code), bool(actor_of(request).duties & set(WRITERS))
    layouts = list(queries.layouts_of(found.pk))
    layout = queries.layout_of(found, layouts[0] if layouts else None)
    fields = [
        {
            "label": field.label,
            "key": field.key,
            "type": str(FieldType(field.type).label),
            "sensitivity": str(Sensitivity(field.sensitivity).label),
            "printed": _("印在证照上") if field.key in {each.key for each in layout.entries} else "",
        }
        for field in queries.kind_fields(found)
    ]
    context = {
        "kind": found,
        "rows": _rows(found)[0 if writes else 1 :],
        "fields": fields,
        "columns": [column for column in _columns() if writes or column["key"] != "key"],
        "layout": layout,
        "face": FACES[Face(layout.form)],
        "layouts": layouts,
        "writes": writes,
        "nav": "kinds",
    }
    return render(request, "vault/kind.html", context)


def _rows(found: LicenceKind) -> list[dict[str, Any]]:
    return [
        {"label": _("代码"), "value": found.code},
        {"label": _("颁发部门"), "value": _departments().get(found.issuing_department, found.issuing_department)},
        {"label": _("持证主体"), "value": _(found.get_holder_kind_display())},
        {"label": _("有效期"), "value": found.validity or _("长期")},
        {"label": _("有效年限"), "value": found.validity_years},
        {"label": _("证照类型代码"), "value": queries.type_code(found)},
        {"label": _("备注"), "value": found.note or None},
    ]


def _departments() -> dict[str, str]:
    """Departments by the short code that kinds and items name them by: the city's, then what only lower places have."""
    rows = agencies().order_by("division__path", "code").values_list("department", "name", "division__code")
    found: dict[str, str] = {}
    for department, name, place in rows:
        if place == settings.YIMEN_CITY_DIVISION:
            found[department] = name
        found.setdefault(department, name)
    return found


def _columns() -> list[dict[str, Any]]:
    return [
        {"key": "label", "label": _("名称"), "kind": "strong"},
        {"key": "key", "label": _("字段代码"), "kind": "text"},
        {"key": "type", "label": _("类型"), "kind": "text"},
        {"key": "sensitivity", "label": _("敏感程度"), "kind": "text"},
        {"key": "printed", "label": _("版式"), "kind": "text"},
    ]


@duty(*WRITERS, *access.MAKERS)
@require_safe
def preview(request: HttpRequest, code: str) -> HttpResponse:
    """A sample in the newest layout, or in an older one (`?version=`): no licence, nobody's data."""
    found, wanted = _kind(code), request.GET.get("version", "")
    layouts = queries.layouts_of(found.pk)
    kept = layouts.filter(version=int(wanted)).first() if wanted.isdecimal() and len(wanted) < 5 else layouts.first()
    facts = queries.sample_paper(found, queries.layout_of(found, kept), day_of(now()))
    answer = HttpResponse(licence_pdf(facts), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{found.code}.pdf"'
    return answer


@duty(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_kind(request: HttpRequest, code: str = "") -> HttpResponse:
    """Define a kind, or change one."""
    found = _kind(code) if code else None
    fields = queries.kind_fields(found) if found else ()
    own = ("name", "issuing_department", "holder_kind", "validity", "validity_years", "note")
    initial = {name: getattr(found, name) for name in own} if found else {"holder_kind": HolderKind.LEGAL}
    posted = request.POST if request.method == "POST" else None
    form = KindForm(posted, fields=fields, fixed=found is not None, offices=_departments(), initial=initial)

    def run(given: dict[str, Any]) -> str:
        if found is None and queries.kind_named(given["code"]) is not None:
            raise Invalid([{"field": "code", "code": "taken", "message": _("已有这个代码的证照种类。")}])
        document = form.document(found.code if found else given["code"], given)
        kept = commands.define_kind(document, by=actor_of(request), at=now())
        messages.success(request, _("已保存。"))
        return reverse("vault:kind", args=[kept.code])

    back = reverse("vault:kind", args=[code]) if found else reverse("vault:kinds")
    title = _("修改%(name)s") % {"name": found.name} if found else _("新建证照种类")
    return act(
        request, form, run=run, template="vault/kind_edit.html", context={"title": title, "back": back, "nav": "kinds"}
    )


@duty(*WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_layout(request: HttpRequest, code: str) -> HttpResponse:
    """How its licences look from the next signing on; older ones keep theirs."""
    found = _kind(code)
    fields, kept = queries.kind_fields(found), queries.newest(found)
    layout = queries.layout_of(found, kept)
    now_is = _("现行第 %(number)s 版") % {"number": kept.version} if kept else _("由字段自动排出的版式")
    keys = [entry.key for entry in layout.entries]
    initial = {
        "form": layout.form.value, "title": layout.title or found.name, "entries": keys, "order": "，".join(keys),
        "wide": list(layout.wide), "photo": layout.photo, "note": layout.note,
    }  # fmt: skip
    form = LayoutForm(request.POST if request.method == "POST" else None, fields=fields, initial=initial)

    def run(given: dict[str, Any]) -> str:
        made = commands.set_layout(found, form.layout(given), by=actor_of(request), at=now())
        messages.success(request, _("版式第 %(number)s 版从下一次签发起使用。") % {"number": made.version})
        return reverse("vault:kind", args=[code])

    context = {
        "title": _("%(name)s的版式") % {"name": found.name},
        "caption": now_is,
        "consequence": _("保存后成为新的一版，从下一次签发起使用。以前签发的证照保持签发时的样子。"),
        "action_label": _("保存为新版式"),
        "back": reverse("vault:kind", args=[code]),
        "nav": "kinds",
    }
    return act(request, form, run=run, template="ui/deed.html", context=context)


def _kind(code: str) -> LicenceKind:
    found = queries.kind_named(code)
    if found is None:
        raise NotFound
    return found
