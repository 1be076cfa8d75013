"""A package as the editors' desk shows it: the list, its members, what is merged and what conflicts, its story."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from yimen.catalog.choices import PackageDocument
from yimen.catalog.models import Package, PackageDraft, PackageEdition
from yimen.catalog.queries.packaging.assembling import Assembly
from yimen.catalog.queries.packaging.checking import Finding, preview, reach
from yimen.catalog.queries.packaging.listing import item_names
from yimen.catalog.queries.packaging.resolving import in_steps
from yimen.catalog.queries.packaging.writing import condition_in_words
from yimen.kit.telling import translated
from yimen.kit.time import day_of
from yimen.ui.words import limit as limit_words
from yimen.ui.words import plain_date

if TYPE_CHECKING:
    from yimen.ledger.queries import Line

VERBS = {
    "package_released": _lazy("发布"),
    "package_ended": _lazy("停用"),
    "package_submitted": _lazy("检查通过，送审"),
    "package_end_proposed": _lazy("提出停用，送审"),
    "package_staffing": _lazy("编制审核通过"),
    "package_legal": _lazy("法制审核通过"),
    "package_returned": _lazy("退回修改"),
    "package_draft_begun": _lazy("开始修改"),
    "package_draft_saved": _lazy("保存草稿"),
    "package_draft_discarded": _lazy("放弃草稿"),
}
DECLARED = {
    "same_fields": _lazy("看作同一项"),
    "different_fields": _lazy("分开填写"),
    "same_materials": _lazy("看作同一份"),
    "different_materials": _lazy("分开提交"),
}


def rows(drafts: Mapping[str, PackageDraft]) -> list[dict[str, Any]]:
    """All packages, released or not yet."""
    found = [
        {
            "name": each.name,
            "life_event": each.life_event,
            "items": str(len(each.doc.items)),
            "version": _("已停用") if each.ended_at else _("第 {n} 版").format(n=each.version),
            "released": each.released_at,
            "draft": drafts[each.code].get_state_display() if each.code in drafts else "",
            "url": reverse("catalog:package", args=[each.code]),
        }
        for each in Package.objects.written()
    ]
    known = set(Package.objects.written().values_list("code", flat=True))
    return found + [
        {
            "name": draft.document.get("name") or draft.code,
            "life_event": draft.document.get("life_event") or "",
            "items": str(len(draft.document.get("items") or [])),
            "version": _("未发布"),
            "released": None,
            "draft": draft.get_state_display(),
            "url": reverse("catalog:package_draft", args=[draft.code]),
        }
        for draft in drafts.values()
        if draft.code not in known
    ]


def columns() -> list[dict[str, str]]:
    """Of that list."""
    return [
        {"key": "name", "label": _("一件事"), "kind": "strong"},
        {"key": "life_event", "label": _("大事"), "kind": "text"},
        {"key": "items", "label": _("事项数"), "kind": "number"},
        {"key": "version", "label": _("现行版本"), "kind": "text"},
        {"key": "released", "label": _("发布时间"), "kind": "date"},
        {"key": "draft", "label": _("正在编制"), "kind": "text"},
    ]


def facts(document: PackageDocument, found: PackageEdition | None = None) -> list[dict[str, Any]]:
    """The head of a version, or of one that is not released yet."""
    released = (
        [
            (_("版本"), _("第 {n} 版").format(n=found.version)),
            (_("发布"), f"{plain_date(day_of(found.released_at))} {found.released_by}".strip()),
            (_("发布说明"), found.reason),
        ]
        if found
        else []
    )
    pairs = [
        *released,
        (_("大事"), document.life_event),
        (_("谁可以申请"), list(document.subjects)),
        (_("联办依据"), document.basis or ""),
        (_("说明"), document.description),
        (_("在别处办的"), [step.name for step in document.external_steps]),
    ]
    return [{"label": label, "value": value} for label, value in pairs if value]


def picture(document: PackageDocument) -> dict[str, Any] | None:
    """What all members together come to: the order, what is asked once, what is kept apart. None with a ring."""
    assembly = preview(document)
    if assembly is None or not assembly.members:
        return None
    questions, can = [question.model_dump() for question in document.questions], reach(document)
    days, shortest = limit_words(can.longest, "working_day"), limit_words(can.shortest, "working_day")
    return {
        "steps": [
            [
                {
                    "name": member.document.name,
                    "limit": limit_words(
                        member.document.decision_limits.promise.amount, member.document.decision_limits.promise.unit
                    ),
                    "when": condition_in_words(member.rule.when, questions),
                    "required": member.rule.required,
                    "longest": member.slug in can.critical,
                }
                for member in together
            ]
            for together in in_steps(assembly)
        ],
        "days": days if days == shortest else _("{shortest}到 {longest}").format(shortest=shortest, longest=days),
        "fields": len(assembly.form.fields),
        "fields_apart": sum(len(member.document.form_fields) for member in assembly.members),
        "materials": len(assembly.materials),
        "materials_apart": sum(len(member.document.materials) for member in assembly.members),
        "merged_fields": _merged_fields(assembly),
        "merged_materials": _merged_materials(assembly),
        "conflicts": _conflicts(assembly, can.together),
    }


def findings(found: Iterable[Finding], raw: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What is wrong, with its place in words."""
    return [
        {"place": _place(each.field, raw), "reason": translated(each.reason), "stops": each.stops} for each in found
    ]


def declarations(raw: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What the author has said himself, each with what takes it back."""
    addresses = [address for name in DECLARED for group in raw.get(name) or [] for address in group]
    names = item_names({address.partition(".")[0] for address in addresses})
    return [
        {
            "what": label,
            "group": "、".join(_address(address, names) for address in group),
            "undo": f"{name}|{place}",
        }
        for name, label in DECLARED.items()
        for place, group in enumerate(raw.get(name) or [])
    ]


def declared(raw: dict[str, Any], post: QueryDict) -> dict[str, Any]:
    """The document after the author said that two are one (join), that they aren't (part), or took that back (undo)."""
    for verb in ("join", "part"):
        kind, _bar, group = post.get(verb, "").partition("|")
        addresses = [each for each in group.split("|") if each]
        if kind in ("fields", "materials") and len(addresses) > 1:
            name = f"{'same' if verb == 'join' else 'different'}_{kind}"
            raw = {**raw, name: [*(raw.get(name) or []), addresses]}
    name, _bar, place = post.get("undo", "").partition("|")
    if name in DECLARED and place.isdecimal():
        raw = {**raw, name: [group for at, group in enumerate(raw.get(name) or []) if at != int(place)]}
    return raw


def story(lines: Sequence[Line]) -> list[dict[str, Any]]:
    """Who did what and when, newest first."""
    return [
        {
            "at": line.at,
            "title": VERBS.get(line.verb, _("查看草稿")),
            "by": _("，").join(
                translated(str(line.by[part])) for part in ("office", "post", "name") if line.by.get(part)
            ),
            "text": str(line.facts.get("reason") or ""),
        }
        for line in lines
        if line.verb in VERBS
    ]


def _merged_fields(assembly: Assembly) -> list[dict[str, Any]]:
    return [
        {
            "label": merged.needs[0].fact.label,
            "items": "、".join(assembly.name_of(member) for member in merged.members),
            "others": "、".join(
                dict.fromkeys(need.fact.label for need in merged.needs if need.fact.label != merged.needs[0].fact.label)
            ),
            "part": "fields|" + "|".join(need.fact.address for need in merged.needs),
        }
        for merged in assembly.form.fields
        if len(merged.needs) > 1
    ]


def _merged_materials(assembly: Assembly) -> list[dict[str, Any]]:
    return [
        {
            "label": merged.name,
            "items": "、".join(assembly.name_of(member) for member in merged.members),
            "others": "、".join(
                dict.fromkeys(need.fact.name for need in merged.needs if need.fact.name != merged.name)
            ),
            "given": assembly.name_of(merged.given) if merged.given else "",
            "part": "materials|" + "|".join(need.fact.address for need in merged.needs),
        }
        for merged in assembly.materials
        if len(merged.needs) > 1
    ]


def _conflicts(assembly: Assembly, together: Collection[frozenset[str]]) -> list[dict[str, Any]]:
    return [
        {
            "labels": " / ".join(f"{fact.label}（{assembly.name_of(fact.member)}）" for fact in conflict.facts),
            "why": conflict.why,
            "join": "fields|" + "|".join(fact.address for fact in conflict.facts)
            if conflict.facts[0].kind == conflict.facts[1].kind
            else "",
        }
        for conflict in assembly.form.conflicts
        if frozenset(fact.member for fact in conflict.facts) in together
    ]


PLACES = {
    "name": _lazy("名称"),
    "code": _lazy("代码"),
    "life_event": _lazy("大事"),
    "description": _lazy("一句话说明"),
    "basis": _lazy("联办依据"),
    "lead_department": _lazy("牵头部门"),
    "subjects": _lazy("谁可以申请"),
    "questions": _lazy("问题"),
    "items": _lazy("事项"),
    "external_steps": _lazy("在别处办的"),
    "shared_licences": _lazy("共用证照"),
    "shared_materials": _lazy("共用材料"),
    "slug": _lazy("事项"),
    "when": _lazy("什么情形要办"),
    "order": _lazy("顺序"),
    "depends_on": _lazy("只等哪些事项"),
    "label": _lazy("问题"),
    "choices": _lazy("选项"),
    "department": _lazy("找谁"),
    **DECLARED,
}


def _place(field: str, raw: Mapping[str, Any]) -> str:
    """items[2].when as 事项第 3 行：什么情形要办."""
    head, _dot, tail = field.partition(".")
    name, _bracket, row = head.partition("[")
    said = str(PLACES.get(name, name))
    if row:
        said += _("第 {n} 行").format(n=int(row.rstrip("]")) + 1)
    inner = tail.partition("[")[0]
    return f"{said}：{PLACES.get(inner, inner)}" if inner else said


def _address(address: str, names: Mapping[str, str]) -> str:
    slug, _dot, name = address.partition(".")
    return f"{names.get(slug, slug)}.{name}"
