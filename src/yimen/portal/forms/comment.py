"""The form of somebody who speaks in a consultation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yimen.ui import acting

OWN, NOBODY = "own", "nobody"


class CommentForm(acting.ActForm):
    """Signed in: with the name masked, or without one. Not signed in: a name if one likes."""

    text = acting.text(
        _("您的意见"), lines=6,
        hint=_("例如：这项证明为什么该留、该取消，或者可以用什么代替。请不要写他人的个人信息。"),
    )  # fmt: skip
    sign = forms.ChoiceField(label=_("怎样署名"), required=False)
    name = acting.text(
        _("称呼"), required=False, longest=40,
        hint=_("公开时只显示一部分，例如“张*三”；不填就是匿名。"),
    )  # fmt: skip
    contact = acting.text(
        _("联系方式"), required=False, longest=100,
        hint=_("只给主办部门核实情况用，加密保存，不公开。"),
    )  # fmt: skip

    def __init__(self, *args: Any, shown_name: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].error_messages["required"] = _("请写下您的意见。")
        self.shown_name = shown_name
        if not shown_name:
            del self.fields["sign"]
            return
        del self.fields["name"]
        sign = self.fields["sign"]
        assert isinstance(sign, forms.ChoiceField)  # noqa: S101 - for the type checker
        sign.choices = [(OWN, _("显示为“%(name)s”") % {"name": shown_name}), (NOBODY, _("匿名"))]
        sign.initial = OWN

    def signature(self, cleaned: dict[str, Any], own: str) -> str:
        """The name under which it is said. own: of whoever is signed in."""
        if not self.shown_name:
            return str(cleaned["name"])
        return "" if cleaned["sign"] == NOBODY else own
