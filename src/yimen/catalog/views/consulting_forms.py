"""The forms of a consultation's desk. The commands decide; a form reads, and shows what a command refused."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yimen.catalog.choices import ProofOutcome
from yimen.ui import acting

REQUIRED = {"required": _("请填写此项。"), "invalid": _("请填写日期，例如 2026-01-31。")}


def _text(label: Any, **more: Any) -> forms.CharField:
    field = acting.text(label, **more)
    field.error_messages |= {"required": REQUIRED["required"]}
    return field


def _day(label: Any, hint: Any = "") -> forms.DateField:
    return forms.DateField(label=label, help_text=hint, error_messages=REQUIRED)


class ConsultationForm(acting.ActForm):
    """What is asked, why, and for how long."""

    title = _text(_("标题"), longest=200)
    reason = _text(
        _("为什么要保留这项证明"), lines=6,
        hint=_("写明办事时核实什么、为什么不能用证照、数据共享或者承诺代替。"),
    )  # fmt: skip
    opens_on = _day(_("开始日期"), _("不能早于今天。开始以后，内容就不能再改。"))
    closes_on = _day(_("截止日期"))


class HearingForm(acting.ActForm):
    """When and where a hearing is held; what was said, once it was."""

    on = _day(_("听证会日期"), _("日期在今天以后的，先公布时间和地点，会后再来填写听证情况。"))
    place = _text(_("地点"), longest=200)
    said = _text(
        _("听证情况"), lines=8, required=False, hint=_("谁参加、各方怎么说。会公开显示，请不要写个人信息。"),
    )  # fmt: skip
    upload = forms.FileField(
        label=_("听证笔录"), required=False, help_text=_("签字盖章的笔录，PDF 或图片，会公开。"),
    )  # fmt: skip


class OutcomeForm(acting.ActForm):
    """The answer to what was said, what becomes of the proof, and why."""

    answer = _text(
        _("对意见的答复"), lines=8,
        hint=_("收到多少条意见、主要说了什么、采纳了哪些、没有采纳的为什么。"),
    )  # fmt: skip
    outcome = forms.ChoiceField(
        label=_("处理结果"), choices=ProofOutcome.choices, error_messages={"required": _("请选择处理结果。")},
        widget=forms.RadioSelect,
    )  # fmt: skip
    outcome_reason = _text(_("为什么这样处理"), lines=4)


class HidingForm(acting.ActForm):
    """Why a comment is hidden."""

    reason = _text(_("隐藏的理由"), longest=200, hint=_("会公开显示，例如：含有他人的电话号码。"))
