"""An authorisation, and its end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from yimen.ui.acting import ActForm, text

DAY = {"required": _("请填写日期。"), "invalid": _("请填写正确的日期。")}


class AuthoriseForm(ActForm):
    document_no = text(_("授权委托书文号"), longest=80, hint=_("例如：岭政数委〔2025〕1号"))
    since = forms.DateField(label=_("从哪天起"), error_messages=DAY)
    until = forms.DateField(label=_("到哪天止"), required=False, error_messages=DAY, help_text=_("不填表示没有期限。"))
    decides_instant = forms.BooleanField(label=_("即办件可以由窗口当场作出决定"), required=False)
    items = forms.MultipleChoiceField(
        label=_("只授权这些事项"), required=False, help_text=_("一个也不选，表示全部事项。")
    )

    def offer(self, items: Iterable[tuple[str, str]], today: date) -> None:
        self.fields["items"].choices = list(items)  # type: ignore[attr-defined]
        self.fields["since"].initial = today


class WithdrawForm(ActForm):
    until = forms.DateField(label=_("授权到哪天止"), error_messages=DAY, help_text=_("这一天仍然有效。"))
    reason = text(_("收回的理由"), lines=3)
