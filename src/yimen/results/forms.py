"""How a result is handed over."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yimen.results.choices import Way
from yimen.ui.acting import ActForm, text

CHOOSE = {"required": _("请选择一项。"), "invalid_choice": _("请从列表中选择。")}


class IssueForm(ActForm):
    """Only to be confirmed."""


class DeliverForm(ActForm):
    way = forms.ChoiceField(label=_("送达方式"), choices=Way.choices, error_messages=CHOOSE)
    receiver = text(
        _("领取人姓名"),
        required=False,
        longest=60,
        hint=_("窗口领取时填写；先核对领取人的身份证件，代领的还要看委托书。"),
    )
    receiver_document = text(_("领取人证件号码"), required=False, longest=40, hint=_("窗口领取时填写。"))
    tracking = text(_("快递单号"), required=False, longest=60, hint=_("邮寄时填写。"))

    def clean(self) -> dict[str, Any]:
        """What belongs to another way isn't kept; at a window the document must have been looked at."""
        given = super().clean() or {}
        way = given.get("way")
        if way == Way.WINDOW and given.get("receiver") and not given.get("receiver_document"):
            self.add_error("receiver_document", _("请核对领取人的身份证件并填写号码。"))
        if way != Way.WINDOW:
            given["receiver"] = given["receiver_document"] = ""
        if way != Way.POST:
            given["tracking"] = ""
        return given | ({"way": Way(way)} if way else {})
