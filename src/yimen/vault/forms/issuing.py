"""Drawing up licences, suspending and ending them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yimen.identity.choices import Document
from yimen.kit.telling import translated
from yimen.kit.time import day_of, now
from yimen.law.identifiers import citizen_id, uscc
from yimen.ui.acting import ActForm, text
from yimen.vault.choices import EndKind, FieldType, KindField, VersionKind
from yimen.vault.queries import GIVEN

FIELD = "f__"
Choices = Iterable[tuple[str, str]]


class SuspendForm(ActForm):
    ground = text(_("法律依据"), longest=300, hint=_("写明哪部法的第几条，例如“《行政处罚法》第九条第三项”。"))
    reason = text(_("理由"), lines=3, longest=500)


class ReasonForm(ActForm):
    reason = text(_("理由"), lines=3, longest=500)


class EndForm(ActForm):
    kind = forms.ChoiceField(
        label=_("怎样终止"),
        choices=[
            (EndKind.CANCELLED, _("注销：有效期届满、法人终止、依申请等（行政许可法第七十条）")),
            (EndKind.PENALTY, _("吊销：作为行政处罚（行政处罚法第九条）")),
            (EndKind.ANNULLED, _("撤销：违法准予或者骗取（行政许可法第六十九条）")),
            (EndKind.WITHDRAWN, _("撤回：依据修改或者情势变化，依法补偿（行政许可法第八条）")),
            (EndKind.ABOLISHED, _("废止：其他依法不再有效的情形")),
        ],
    )
    ground = text(_("法律依据"), longest=300, hint=_("写明哪部法的第几条第几项。"))
    reason = text(_("理由"), lines=3, longest=500)


class RelateForm(ActForm):
    number = text(_("对方证照的编号或者证照标识"), longest=120)
    words = text(_("是什么关系"), longest=60, hint=_("例如：前置许可、同一不动产、同一项目。"))


class CompareForm(ActForm):
    device = text(_("核验设备"), required=False, longest=60, hint=_("用了高拍仪、读卡器的填写。"))
    note = text(_("备注"), required=False, longest=300)
    valid_to = forms.DateField(
        label=_("原件的有效期至"),
        required=False,
        help_text=_("与上传时填写的不一致的，以原件为准。"),
    )


class HolderForm(ActForm):
    """Which kind, for whom: the first step of drawing up."""

    kind = forms.ChoiceField(label=_("证照种类"))
    agency = forms.ChoiceField(label=_("颁发机关"))
    document = forms.ChoiceField(label=_("持证主体证件类型"))
    number = text(_("持证主体证件号码"), longest=40)

    def __init__(self, *args: Any, kinds: Choices, agencies: Choices, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["kind"].choices = list(kinds)  # type: ignore[attr-defined]
        self.fields["agency"].choices = list(agencies)  # type: ignore[attr-defined]
        self.fields["document"].choices = Document.choices  # type: ignore[attr-defined]


class ContentForm(ActForm):
    """What stands on it: the fields of its kind, several holders, the last day."""

    def __init__(self, *args: Any, fields: Iterable[KindField], renewed: bool, **kw: Any) -> None:
        super().__init__(*args, **kw)
        if renewed:
            choices = [(each.value, each.label) for each in VersionKind if each != VersionKind.FIRST]
            self.fields["made_as"] = forms.ChoiceField(label=_("为什么换新版本"), choices=choices)
        for field in fields:
            if field.key not in GIVEN:
                self.fields[FIELD + field.key] = asked(field)
        self.fields["valid_to"] = forms.DateField(
            label=_("有效期至"), required=False,
            help_text=_("不填的，按证照种类规定的年限计算；没有规定年限的长期有效。"),
        )  # fmt: skip
        if not renewed:
            self.fields["own_share"] = text(_("本人份额"), required=False, longest=60)
            self.fields["others"] = text(
                _("其他持证人"), lines=3, required=False, longest=1000,
                hint=_("几人共同持有的填写，每行一人：身份证号码，空一格，份额。例如：441402199001011234 二分之一"),
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Numbers of people and firms must be right."""
        given = super().clean() or {}
        for name, bound in self.fields.items():
            check = getattr(bound, "yimen_check", None)
            verdict = check(given[name]) if check and given.get(name) else None
            if verdict is not None and not verdict:
                self.add_error(name, translated(verdict.why))
        return given

    def values(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """The kind's fields as plain values."""
        asked = {name.removeprefix(FIELD): given[name] for name in self.fields if name.startswith(FIELD)}
        filled = {key: value for key, value in asked.items() if value not in (None, "")}
        return {key: value.isoformat() if isinstance(value, date) else str(value) for key, value in filled.items()}


def asked(field: KindField) -> forms.Field:
    if field.type == FieldType.DATE:
        return forms.DateField(label=field.label, required=False)
    if field.type in (FieldType.NUMBER, FieldType.MONEY):
        return forms.DecimalField(label=field.label, required=False)
    made = text(field.label, lines=3 if field.type == FieldType.LONG else 0, required=False, longest=500)
    checks = {FieldType.CITIZEN_ID: lambda number: citizen_id(number, today=day_of(now())), FieldType.USCC: uscc}
    made.yimen_check = checks.get(FieldType(field.type))  # type: ignore[attr-defined]
    return made
