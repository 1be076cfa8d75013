"""How a result is handed over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yimen.results.choices import Way
from yimen.ui.acting import ActForm, text

CHOOSE = {"required": _("请选择一项。"), "invalid_choice": _("请从列表中选择。")}


NEW = "new"


@dataclass(frozen=True)
class Versions:
    """Of one result: the licences of which it may be the next version, and what is chosen so far ("" where open)."""

    result: int
    name: str
    licences: Sequence[tuple[int, str]]
    chosen: str


class IssueForm(ActForm):
    """To be confirmed; where the holder has such licences already, of which one it is the next version."""

    def __init__(self, *args: Any, versions: Sequence[Versions] = (), **kw: Any) -> None:
        super().__init__(*args, **kw)
        for each in versions:
            self.fields[f"replaces_{each.result}"] = forms.ChoiceField(
                label=_("“%(name)s”是新证，还是取代原有的证照？") % {"name": each.name},
                choices=[*((str(pk), words) for pk, words in each.licences), (NEW, _("新证，不取代原有的证照"))],
                initial=each.chosen,
                error_messages=CHOOSE,
            )

    def chosen(self, given: Mapping[str, Any]) -> dict[int, int | None]:
        """For the command: {result: licence, None for a new one}."""
        told = {int(name.removeprefix("replaces_")): value for name, value in given.items()}
        return {result: None if value == NEW else int(value) for result, value in told.items()}


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
