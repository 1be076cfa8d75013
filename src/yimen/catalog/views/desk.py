"""The catalogue as its editors see it."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_safe

from yimen.catalog import queries
from yimen.catalog.access import DESK
from yimen.catalog.models import Edition
from yimen.kit.guards import actor_of, duty
from yimen.kit.paging import page
from yimen.kit.time import day_of
from yimen.sheets.choices import Kind
from yimen.ui.fields import condition
from yimen.ui.words import plain_date

KINDS = {
    Kind.TEXT: _lazy("文字"), Kind.TEXTAREA: _lazy("多行文字"), Kind.CHOICE: _lazy("单选"), Kind.MULTI: _lazy("多选"),
    Kind.BOOLEAN: _lazy("是或否"), Kind.NUMBER: _lazy("数字"), Kind.DATE: _lazy("日期"), Kind.PHONE: _lazy("电话"),
    Kind.IDCARD: _lazy("公民身份号码"), Kind.USCC: _lazy("统一社会信用代码"), Kind.ADDRESS: _lazy("地址"),
    Kind.TABLE: _lazy("表格"), Kind.FILE: _lazy("文件"),
}  # fmt: skip


@duty(*DESK)
@require_safe
def items(request: HttpRequest) -> HttpResponse:
    """All items with their current edition, by name or slug."""
    asked = request.GET.get("q", "").strip()
    shown = page(queries.desk_items(asked), by=("slug",), cursor=request.GET.get("cursor"), size=50)
    versions = queries.current_of(shown.items)
    rows = [
        {
            "name": each.name,
            "kind": each.kind,
            "case_type": each.case_type,
            "agency": each.agency.name,
            "version": _("第 {n} 版").format(n=versions[each.pk].version) if each.pk in versions else "",
            "released": versions[each.pk].released_at if each.pk in versions else None,
            "url": reverse("catalog:item", args=[each.slug]),
        }
        for each in shown.items
    ]
    columns = [
        {"key": "name", "label": _("事项"), "kind": "strong"},
        {"key": "kind", "label": _("事项类型"), "kind": "text"},
        {"key": "case_type", "label": _("办件类型"), "kind": "text"},
        {"key": "agency", "label": _("实施主体"), "kind": "text"},
        {"key": "version", "label": _("现行版本"), "kind": "text"},
        {"key": "released", "label": _("发布时间"), "kind": "date"},
    ]
    may_release = actor_of(request).may("editor")
    context = {
        "rows": rows,
        "columns": columns,
        "page": shown,
        "q": asked,
        "nav": "catalog",
        "may_release": may_release,
    }
    return render(request, "catalog/items.html", context)


@duty(*DESK)
@require_safe
def item(request: HttpRequest, slug: str) -> HttpResponse:
    """The current edition of an item."""
    return _show(request, queries.current(slug))


@duty(*DESK)
@require_safe
def edition(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    """One edition, current or past."""
    return _show(request, queries.edition(slug, version))


@duty(*DESK)
@require_safe
def document(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    """The edition's document as a file, to be changed and uploaded again."""
    found = queries.edition(slug, version)
    body = json.dumps(found.document, ensure_ascii=False, indent=1)
    answer = HttpResponse(body + "\n", content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(slug)}-{version}.json"
    return answer


def _show(request: HttpRequest, found: Edition) -> HttpResponse:
    guide = queries.guide(found)
    versions = [
        {
            "label": _("第 {n} 版").format(n=each.version),
            "url": reverse("catalog:edition", args=[guide.slug, each.version]),
            "current": each.version == found.version,
            "count": None,
        }
        for each in queries.editions_of(guide.slug).defer("document")
    ]
    context = {
        "guide": guide,
        "edition": found,
        "versions": versions,
        "head": _head(found, guide),
        "fields": _fields(found),
        "nav": "catalog",
        "tables": _tables(),
    }
    return render(request, "catalog/edition.html", context)


def _head(found: Edition, guide: queries.Guide) -> list[dict[str, Any]]:
    pairs = [
        (_("状态"), found.get_state_display() if found.current else _("已被新版本取代")),
        (_("生效日期"), plain_date(found.valid_from)),
        (_("发布时间"), plain_date(day_of(found.released_at)) if found.released_at else ""),
        (_("事项类型"), guide.kind),
        (_("办件类型"), guide.case_type),
        (_("实施主体"), guide.office.name),
        (_("行使层级"), list(guide.levels)),
        (_("服务对象"), list(guide.subjects)),
        (_("主题"), list(guide.themes)),
        (_("生命周期"), list(guide.life_events)),
        (_("承诺时限"), guide.promised),
        (_("法定时限"), guide.statutory),
        (_("时限说明"), guide.limit_reason),
        (_("跑动次数"), guide.visits_words),
        (_("网办深度"), f"{guide.online_depth}：{guide.online}"),
        (_("收费"), guide.fee),
        (_("送达方式"), list(guide.delivery)),
        (_("跨城通办"), _("是") if guide.cross_city else _("否")),
        (_("设定依据"), list(guide.legal_basis)),
        (_("受理条件"), list(guide.conditions)),
        (_("内容摘要"), found.digest),
    ]
    return [{"label": label, "value": value} for label, value in pairs]


def _fields(found: Edition) -> list[dict[str, Any]]:
    labels = {field.name: field.label for field in found.doc.form_fields}
    return [
        {
            "label": field.label,
            "name": field.name,
            "kind": KINDS[field.kind],
            "required": _("必填") if field.required else _("选填"),
            "choices": "、".join(field.choices or ()),
            "show_if": _condition(field.show_if, labels),
            "prefill": field.prefill or "",
        }
        for field in found.doc.form_fields
    ]


def _condition(expression: str | None, labels: dict[str, str]) -> str:
    """When a field is asked, in words."""
    if not expression:
        return ""
    said = condition(expression, labels, None)
    facts = {"field": said["condition_field"], "words": said["condition_words"]}
    return (_("“{field}”不是“{words}”") if said["condition_not"] else _("“{field}”为“{words}”")).format(**facts)


def _tables() -> dict[str, list[dict[str, str]]]:
    return {
        "materials": _columns(
            name=_("材料"),
            key=_("编号"),
            necessity=_("必要性"),
            how=_("份数和形式"),
            source=_("来源"),
            spared=_("免提交"),
        ),
        "steps": _columns(number=_("序号"), name=_("环节"), role=_("岗位"), days=_("时限"), kind_label=_("性质")),
        "procedures": _columns(name=_("特别程序"), days=_("时间")),
        "results": _columns(name=_("结果"), kind=_("类型"), licence=_("电子证照"), validity=_("有效期")),
        "fields": _columns(
            label=_("字段"),
            name=_("名称"),
            kind=_("类型"),
            required=_("必填"),
            choices=_("选项"),
            show_if=_("出现条件"),
            prefill=_("预填来源"),
        ),
    }


def _columns(**labels: str) -> list[dict[str, str]]:
    return [{"key": key, "label": label, "kind": "text"} for key, label in labels.items()]
