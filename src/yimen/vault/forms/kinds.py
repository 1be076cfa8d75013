"""Kinds of licences: what they are, what stands on them, how they look."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yimen.papers.choices import Form as Face
from yimen.ui.acting import ActForm, text
from yimen.vault.choices import FieldType, HolderKind, KindDocument, KindField, LayoutDocument, Sensitivity

NUMBER = {"invalid": _("请填写整数。"), "min_value": _("请填写不小于 1 的整数。"), "max_value": _("数字太大。")}
KEY = re.compile(r"[a-z][a-z0-9_]{0,62}")
SPARE = 3
FACES = {
    Face.CERTIFICATE: _("证书（横版 A4）"),
    Face.SHEET: _("单页（竖版 A4）"),
    Face.CARD: _("卡片"),
    Face.BOOKLET: _("小本（封面和内页）"),
}


class KindForm(ActForm):
    """The kind, and one block of inputs for each of its fields; some spare ones for new fields."""

    code = text(_("代码"), longest=60, hint=_("小写字母、数字和下划线，定了以后不能改。"))
    name = text(_("名称"), longest=100)
    issuing_department = forms.ChoiceField(label=_("颁发部门"))
    holder_kind = forms.ChoiceField(label=_("持证主体"), choices=HolderKind.choices)
    validity = text(_("有效期说明"), required=False, longest=200)
    validity_years = forms.IntegerField(
        label=_("有效年限"), required=False, min_value=1, max_value=100, error_messages=NUMBER,
        help_text=_("签发时按它计算有效期至；不填为长期。"),
    )  # fmt: skip
    note = text(_("备注"), lines=2, required=False, longest=500)

    def __init__(
        self, *args: Any, fields: Iterable[KindField], fixed: bool, offices: Mapping[str, str], **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        self.fields["issuing_department"].choices = self._offices(offices)  # type: ignore[attr-defined]
        self.known, self.spare = [field.key for field in fields], [f"new{place}" for place in range(1, SPARE + 1)]
        if fixed:
            del self.fields["code"]
        for field in fields:
            self._block(field.key, field)
        for name in self.spare:
            self.fields[f"{name}__key"] = text(_("字段代码"), required=False, longest=60)
            self._block(name, None)

    def _offices(self, offices: Mapping[str, str]) -> list[tuple[str, Any]]:
        """The city's departments by their code; one that the kind names and that there isn't stays to be chosen."""
        held = self.initial.get("issuing_department") or ""
        strange = {held: _("{code}（没有这个部门）").format(code=held)} if held and held not in offices else {}
        by_name = sorted(offices.items(), key=lambda each: each[1])
        return [("", _("请选择")), *((code, f"{name}（{code}）") for code, name in by_name), *strange.items()]

    def _block(self, name: str, field: KindField | None) -> None:
        self.fields[f"{name}__label"] = text(_("印在证照上的名称"), required=False, longest=40)
        self.fields[f"{name}__type"] = forms.ChoiceField(label=_("类型"), choices=FieldType.choices, required=False)
        self.fields[f"{name}__sensitivity"] = forms.ChoiceField(
            label=_("敏感程度"), choices=Sensitivity.choices, required=False
        )
        if field is not None:
            self.initial.update(
                {
                    f"{name}__label": field.label,
                    f"{name}__type": field.type.value,
                    f"{name}__sensitivity": field.sensitivity.value,
                }
            )
        else:
            self.initial.update(
                {f"{name}__type": FieldType.TEXT.value, f"{name}__sensitivity": Sensitivity.PUBLIC.value}
            )

    def blocks(self) -> list[dict[str, Any]]:
        """The inputs of each field together, for the template."""
        blocks = [{"title": key, "fields": self._bound(key)} for key in self.known]
        return blocks + [{"title": "", "fields": [self[f"{name}__key"], *self._bound(name)]} for name in self.spare]

    def own(self) -> list[Any]:
        """The inputs of the kind itself."""
        return [self[name] for name in self.fields if "__" not in name]

    def _bound(self, name: str) -> list[Any]:
        return [self[f"{name}__{part}"] for part in ("label", "type", "sensitivity")]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        taken = set(self.known)
        for name in self.spare:
            key = given.get(f"{name}__key", "")
            if key and (not KEY.fullmatch(key) or key in taken):
                self.add_error(f"{name}__key", _("字段代码用小写字母、数字和下划线，不能重复。"))
            taken.add(key)
        for name, key in self._named(given):
            if not given.get(f"{name}__label"):
                self.add_error(f"{name}__label", _("请填写“%(key)s”印在证照上的名称。") % {"key": key})
        if not taken - {""}:
            self.add_error(None, _("至少要有一个字段。"))
        if "code" in self.fields and given.get("code") and not KEY.fullmatch(given["code"]):
            self.add_error("code", _("代码用小写字母、数字和下划线，以字母开头。"))
        return given

    def _named(self, given: dict[str, Any]) -> list[tuple[str, str]]:
        fresh = [(name, given.get(f"{name}__key", "")) for name in self.spare]
        return [(key, key) for key in self.known] + [(name, key) for name, key in fresh if key]

    def document(self, code: str, given: dict[str, Any]) -> KindDocument:
        """As the commands take it."""
        described = tuple(
            KindField(
                key=key, label=given[f"{name}__label"], type=given[f"{name}__type"] or FieldType.TEXT,
                sensitivity=given[f"{name}__sensitivity"] or Sensitivity.PUBLIC,
            )
            for name, key in self._named(given)
        )  # fmt: skip
        own = ("name", "issuing_department", "holder_kind", "validity", "validity_years", "note")
        values: dict[str, Any] = {name: given[name] or None if name in own[3:] else given[name] for name in own}
        return KindDocument(code=code, key_fields=tuple(each.key for each in described), fields=described, **values)


class LayoutForm(ActForm):
    """The face: its form, title, which fields in which order, wide ones, a place for a photo, a line at the foot."""

    form = forms.ChoiceField(label=_("版式"), choices=[(face.value, word) for face, word in FACES.items()])
    title = text(_("标题"), longest=60)
    entries = forms.MultipleChoiceField(label=_("印哪些字段"), required=False)
    order = text(
        _("字段顺序"), required=False, lines=3, longest=1000,
        hint=_("字段代码用逗号隔开，先写的印在前面；没有写到的按种类里的顺序排在后面。"),
    )  # fmt: skip
    wide = forms.MultipleChoiceField(label=_("哪些字段独占一行"), required=False)
    photo = forms.BooleanField(label=_("留出照片位置"), required=False)
    note = text(_("底部说明"), required=False, longest=200)

    def __init__(self, *args: Any, fields: Iterable[KindField], **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.described = {field.key: field for field in fields}
        choices = [(field.key, f"{field.label}（{field.key}）") for field in self.described.values()]
        self.fields["entries"].choices = choices  # type: ignore[attr-defined]
        self.fields["wide"].choices = choices  # type: ignore[attr-defined]

    def layout(self, given: dict[str, Any]) -> LayoutDocument:
        """As the commands take it, with the labels of now."""
        first = [key.strip() for key in re.split(r"[,，、\s]+", given["order"]) if key.strip() in given["entries"]]
        keys = list(dict.fromkeys([*first, *(key for key in self.described if key in given["entries"])]))
        return LayoutDocument(
            form=given["form"], title=given["title"], entries=tuple(self.described[key] for key in keys),
            wide=tuple(given["wide"]), photo=given["photo"], note=given["note"],
        )  # fmt: skip
