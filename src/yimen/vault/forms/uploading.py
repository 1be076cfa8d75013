"""A licence that its holder has on paper: who issued it, what stands on it, its scan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yimen.kit.errors import Invalid, Refusal
from yimen.ui.acting import ActForm, text
from yimen.vault.choices import KindField
from yimen.vault.forms.issuing import FIELD, asked
from yimen.vault.queries import GIVEN

Choices = Iterable[tuple[str, str]]
OF_FIELDS, ELSEWHERE = "fields.", "elsewhere"
SCAN = {"required": _("请选择扫描件。"), "empty": _("这个文件是空的，请重新选择。")}


class UploadForm(ActForm):
    """The fields of its kind, and the scan."""

    def __init__(
        self,
        *args: Any,
        fields: Iterable[KindField],
        holders: Choices,
        agencies: Choices,
        limit: int,
        kept: bool,
        **kw: Any,
    ) -> None:
        super().__init__(*args, **kw)
        own, bodies = list(holders), [*agencies, (ELSEWHERE, _("其他地方的机关"))]
        self.fields["holder"] = forms.ChoiceField(label=_("持证主体"), choices=own)
        self.fields["agency"] = forms.ChoiceField(label=_("颁发机关"), choices=bodies)
        self.fields["outside"] = text(
            _("其他地方颁发机关的名称"), required=False, longest=100,
            hint=_("照证照上写的填。"),
        )  # fmt: skip
        self.fields["outside_region"] = text(
            _("其他地方颁发机关所在的地区"), required=False, longest=60, hint=_("例如：广东省广州市。可以不填。")
        )
        for name in ("outside", "outside_region"):
            self.fields[name].widget.attrs["show_if"] = f"agency == '{ELSEWHERE}'"
        self.fields["outside"].widget.attrs["needed"] = True
        self.fields["number"] = text(_("证照编号"), longest=120)
        self.fields["issued_on"] = forms.DateField(label=_("签发日期"), required=False)
        self.fields["valid_to"] = forms.DateField(
            label=_("有效期至"), required=False, help_text=_("证照上写着长期有效的不填。")
        )
        for field in fields:
            if field.key not in GIVEN:
                self.fields[FIELD + field.key] = asked(field)
        self.fields["scan"] = forms.FileField(
            label=_("扫描件或者照片"), error_messages=SCAN, required=not kept,
            help_text=_("PDF、JPG、PNG 或 OFD，最大 {n} MB。四角齐全、字迹清楚；多页的做成一个 PDF。").format(n=limit),
        )  # fmt: skip
        self.fields["scan"].widget.attrs["accept"] = ".pdf,.jpg,.jpeg,.png,.ofd"
        for name, listed in (("holder", own), ("agency", bodies[:-1])):
            if len(listed) == 1:
                self.fields[name].initial = listed[0][0]

    def show(self, refusal: Refusal) -> None:
        """What a command says of `fields.<key>` stands beside that field; of a file, beside the file."""
        if isinstance(refusal, Invalid):
            refusal.errors = [each | {"field": each["field"].replace(OF_FIELDS, FIELD, 1)} for each in refusal.errors]
        super().show(refusal)

    def clean(self) -> dict[str, Any]:
        """A body of another place is named; of one that was chosen from the list nothing else is kept."""
        given = super().clean() or {}
        if given.get("agency") == ELSEWHERE and not given.get("outside") and "outside" not in self.errors:
            self.add_error("outside", _("请照证照上写的填写颁发机关的名称。"))
        return given

    def values(self, given: Mapping[str, Any]) -> dict[str, str]:
        """The kind's fields as plain values."""
        typed = {name.removeprefix(FIELD): given[name] for name in self.fields if name.startswith(FIELD)}
        filled = {key: value for key, value in typed.items() if value not in (None, "")}
        return {key: value.isoformat() if isinstance(value, date) else str(value) for key, value in filled.items()}
