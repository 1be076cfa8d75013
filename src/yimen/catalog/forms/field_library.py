"""The forms on which a field of the library is defined and retired."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from yimen.catalog.queries.elements import KINDS
from yimen.sheets.choices import LibraryDocument, Sensitivity, code_lists
from yimen.sheets.queries import search_library
from yimen.ui.acting import ActForm, text

LISTS = ("also", "choices", "sources")
FORMAT = ("pattern", "max_length", "precision", "minimum", "maximum")
PLACES = {"format": "pattern"}


class ElementForm(ActForm):
    """What a field of the library is."""

    code = text(_("代码"), hint=_("小写英文，用点分开，例如 premises.area。定下后不再改变。"), longest=80)
    name = text(_("名称"), longest=200)
    also = text(_("其他叫法"), lines=2, required=False, hint=_("每行一个。表单里这样叫的，也认作这个数据元。"))
    meaning = text(_("含义"), lines=2, hint=_("一句话说清楚问的是什么、算到哪里为止。"), longest=500)
    kind = forms.ChoiceField(label=_("填写方式"), choices=[("", _("请选择"))])
    unit = text(_("计量单位"), required=False, longest=20)
    choices = text(_("选项"), lines=4, required=False, hint=_("单选、多选用，每行一个；选项很多的，改用代码表。"))
    code_list = forms.ChoiceField(label=_("代码表"), required=False, choices=[("", _("不用"))])
    authority = text(
        _("权威来源"), hint=_("哪个部门、哪个登记库的数据最准。申请人自己知道的，写“申请人自行填写”。"), longest=200
    )
    sensitivity = forms.ChoiceField(label=_("敏感程度"), choices=Sensitivity.choices)
    sources = text(
        _("预填来源"),
        lines=3,
        required=False,
        hint=_("每行一个，最可信的在前，例如 org.name、licence.business_licence.name。"),
    )
    standard = text(_("依据的标准"), required=False, longest=100)
    pattern = text(_("格式（正则表达式）"), required=False, longest=300)
    max_length = forms.IntegerField(label=_("最多字数"), required=False, min_value=1, max_value=2000)
    precision = forms.IntegerField(label=_("小数位数"), required=False, min_value=0, max_value=8)
    minimum = forms.FloatField(label=_("最小值"), required=False)
    maximum = forms.FloatField(label=_("最大值"), required=False)

    def __init__(self, data: Any, known: LibraryDocument | None) -> None:
        super().__init__(data, initial=_initial(known) if known else None)
        self.fields["kind"] = forms.ChoiceField(
            label=_("填写方式"), choices=[("", _("请选择")), *((str(kind), word) for kind, word in KINDS.items())]
        )
        self.fields["code_list"] = forms.ChoiceField(
            label=_("代码表"), required=False, choices=[("", _("不用")), *_code_lists()]
        )
        self.known = known
        if known:
            del self.fields["code"], self.fields["kind"]

    def clean(self) -> dict[str, Any]:
        held = super().clean() or {}
        if self.errors:
            return held
        try:
            held["document"] = LibraryDocument.model_validate(self._raw(held))
        except ValidationError as wrong:
            for each in wrong.errors():
                place = str(each["loc"][0]) if each["loc"] else ""
                place = PLACES.get(place, place)
                told = str((each.get("ctx") or {}).get("error") or _("格式不对，请核对。"))
                self.add_error(place if place in self.fields else None, told)
        return held

    def _raw(self, held: dict[str, Any]) -> dict[str, Any]:
        fixed = {"code": self.known.code, "kind": self.known.kind.value} if self.known else {}
        lists = {name: _lines(held[name]) for name in LISTS}
        told = {name: held[name] for name in FORMAT if held.get(name) not in (None, "")}
        names = ("code", "name", "meaning", "kind", "unit", "authority", "sensitivity")
        plain = {name: held[name] for name in names if name in held}
        more = {name: held[name] or None for name in ("code_list", "standard")}
        return plain | fixed | more | lists | {"choices": lists["choices"] or None, "format": told}


class RetireForm(ActForm):
    """What is asked instead, if anything."""

    replaced_by = forms.ChoiceField(label=_("由哪个数据元代替"), required=False)

    def __init__(self, data: Any, known: LibraryDocument) -> None:
        super().__init__(data)
        others = [each for each in search_library() if not each.retired and each.code != known.code]
        choices = [("", _("没有代替的")), *((each.code, f"{each.name}（{each.code}）") for each in others)]
        self.fields["replaced_by"] = forms.ChoiceField(label=_("由哪个数据元代替"), required=False, choices=choices)


def _code_lists() -> list[tuple[str, str]]:
    return [(key, f"{each.name}（{each.standard}）") for key, each in code_lists().items()]


def _lines(held: str) -> list[str]:
    return [line.strip() for line in re.split(r"[\n\r]+", held) if line.strip()]


def _initial(known: LibraryDocument) -> dict[str, Any]:
    said = known.model_dump(mode="json")
    return said | (said["format"] or {}) | {name: "\n".join(said[name] or ()) for name in LISTS}
