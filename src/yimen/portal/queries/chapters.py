"""The chapters of a guide: what each is called (the names of the national portal) and its gist in one line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yimen.catalog.queries.details import Details
from yimen.catalog.queries.guide import Guide


@dataclass(frozen=True)
class Chapter:
    """shown: open from the beginning."""

    key: str
    title: str
    gist: str
    shown: bool


OPEN = ("conditions", "materials")


def chapters(guide: Guide, details: Details, *, everything: bool = False) -> list[Chapter]:
    """The chapters this guide has, in the order in which people ask. everything: all of them unfolded."""
    return [
        Chapter(key, title, gist, everything or key in OPEN)
        for key, title, gist in (*_before(guide, details), *_course(guide, details), *_law(guide, details))
    ]


def _before(guide: Guide, details: Details) -> Iterator[tuple[str, str, str]]:
    count = len(guide.conditions)
    conditions = ngettext("%(n)s 个条件", "%(n)s 个条件", count) % {"n": count} if count else ""
    yield "conditions", _("受理条件"), conditions
    yield "materials", _("申请材料"), _materials(guide)
    files = len(details.forms) + len(details.samples)
    downloads = ngettext("%(n)s 个文件", "%(n)s 个文件", files) % {"n": files} if files else ""
    yield "downloads", _("表格下载、示范文本和常见错误"), downloads
    if details.agents:
        yield "agents", _("中介服务"), "、".join(each.name for each in details.agents)


def _course(guide: Guide, details: Details) -> Iterator[tuple[str, str, str]]:
    yield "flow", _("办理流程"), " → ".join(step.name for step in guide.steps)
    limits = guide.promised if guide.instant else _("承诺 %(promised)s，法定 %(statutory)s")
    yield "limits", _("办理时限"), limits % {"promised": guide.promised, "statutory": guide.statutory}
    yield "fees", _("收费依据及标准"), guide.fee if len(guide.fee) < 30 else ""
    yield "results", _("办理结果"), "、".join(result.name for result in guide.results) or _("决定书")
    if details.ways:
        yield "ways", _("办理方式"), "、".join(label for label, _words in details.ways[:4])
    place = details.places[0].name if details.places else guide.office.name
    yield "places", _("受理单位、地点、时间和乘车线路"), place
    yield "contacts", _("咨询、状态查询和监督投诉"), _("咨询 %(phone)s") % {"phone": details.ask}


def _law(guide: Guide, details: Details) -> Iterator[tuple[str, str, str]]:
    yield "basis", _("设定依据"), "、".join(f"《{each.title}》" for each in details.basis[:2])
    yield "rights", _("我的权利和义务"), _("复议、诉讼、陈述、申辩")
    yield "accountability", _("责任追究"), ""
    if guide.faq:
        yield "faq", _("常见问题"), guide.faq[0].q
    yield "facts", _("事项信息"), " · ".join(filter(None, (guide.kind, guide.case_type, guide.code)))


def _materials(guide: Guide) -> str:
    if not guide.materials:
        return _("不用准备材料")
    total, always = len(guide.materials), guide.required_materials
    return _("共 %(total)s 份，其中 %(always)s 份人人都要") % {"total": total, "always": always}
