"""Forms of the verbs. The law objects in the commands; a form only reads, and offers what can be chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from yimen.cases.access import REVOKE
from yimen.cases.choices import Outcome
from yimen.cases.models import Case
from yimen.cases.queries import owing
from yimen.cases.queries.asking import Askable, askable
from yimen.cases.queries.previews import extension_days, grounds
from yimen.law.states import Verb
from yimen.ui.acting import ActForm, text

WHOLE = {"required": _("请填写天数。"), "invalid": _("请填写整数天数。"), "min_value": _("至少 1 个工作日。")}


class NothingForm(ActForm):
    """Only to be confirmed."""


class ReasonForm(ActForm):
    reason = text(_("理由"), lines=4)


class ReturnForm(ActForm):
    reason = text(_("退件的理由"), lines=4, hint=_("会写进《退件通知书》并告知申请人。"))

    def offer(self, case: Case, at: datetime) -> None:
        self.initial.setdefault("reason", owing.return_words(case))


class RefuseForm(ActForm):
    reason = text(_("不予受理的理由"), lines=4, hint=_("会写进《不予受理通知书》，请写清事实和依据。"))
    competent_body = text(_("应当向哪个机关申请"), longest=120, hint=_("例如：岭东市自然资源局"))


class NotNeededForm(ActForm):
    reason = text(_("为什么不需要办理"), lines=4, hint=_("会写进《不受理告知书》。"))


class PauseForm(ActForm):
    ground = forms.ChoiceField(label=_("特别程序"))
    planned_days = forms.IntegerField(
        label=_("预计需要的工作日"), min_value=1, max_value=365, error_messages=WHOLE, help_text=_("须书面告知申请人。")
    )
    reason = text(_("启动的理由"), lines=4)

    def offer(self, case: Case, at: datetime) -> None:
        self.fields["ground"].choices = grounds(case)  # type: ignore[attr-defined]


class ResumeForm(ActForm):
    result = text(_("特别程序的结果"), lines=4, hint=_("例如：专家评审通过，意见见会议纪要。"))


class ExtendForm(ActForm):
    days = forms.TypedChoiceField(label=_("延长多少"), coerce=int)
    reason = text(_("延长的理由"), lines=4, hint=_("会告知申请人。"))

    def offer(self, case: Case, at: datetime) -> None:
        self.fields["days"].choices = extension_days(case)  # type: ignore[attr-defined]


class DecideForm(ActForm):
    outcome = forms.ChoiceField(label=_("决定"), choices=[(Outcome.GRANT, _("准予")), (Outcome.DENY, _("不予"))])
    reason = text(_("理由"), lines=4, required=False, hint=_("不予的，必须说明理由；会写进决定书。"))
    discretion = text(
        _("裁量说明"), lines=2, required=False, hint=_("适用裁量基准的，写明条款和档次；接在理由后面写进决定书。")
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        discretion = given.pop("discretion", "")
        if discretion:
            given["reason"] = "\n".join(part for part in (given.get("reason", ""), f"裁量说明：{discretion}") if part)
        return given


class RevokeForm(ActForm):
    reason = text(
        _("撤销的事实和理由"), lines=4, hint=_("会写进《撤销决定书》并告知当事人：查明的事实、违反的规定、依据的条款。")
    )
    heard = text(_("听取陈述、申辩的情况"), lines=3, hint=_("什么时候、怎样告知当事人的，当事人说了什么，是否采纳。"))


class ForwardForm(ActForm):
    body = text(_("转报哪个机关"), longest=120)
    reason = text(_("理由"), lines=4)


class AskForm(ActForm):
    """What to ask for, once: each material and field of the edition's list with its reason."""

    list: Askable

    def offer(self, case: Case, at: datetime) -> None:
        self.list = askable(case, self.data if self.is_bound else self.initial)

    def clean(self) -> dict[str, Any]:
        for each in (*self.list.materials, *self.list.fields):
            if each.wanting:
                self.add_error(None, _("请写明“%(name)s”哪里不符合要求、怎么改。") % {"name": each.label})
        return {
            "materials": [{"key": each.key, "reason": each.reason} for each in self.list.materials if each.ticked],
            "fields": [{"name": each.key, "reason": each.reason} for each in self.list.fields if each.ticked],
        }


@dataclass(frozen=True)
class Door:
    """What the page of a verb needs besides its command."""

    form: type[ActForm]
    danger: bool = False
    template: str = "cases/act.html"


DOORS: dict[str, Door] = {
    Verb.ACCEPT: Door(NothingForm),
    Verb.ASK_SUPPLEMENT: Door(AskForm, template="cases/ask.html"),
    Verb.REFUSE: Door(RefuseForm, danger=True),
    Verb.NOT_NEEDED: Door(NotNeededForm, danger=True),
    Verb.PAUSE: Door(PauseForm),
    Verb.RESUME: Door(ResumeForm),
    Verb.EXTEND: Door(ExtendForm),
    Verb.DECIDE: Door(DecideForm),
    Verb.FORWARD: Door(ForwardForm, danger=True),
    Verb.RETURN: Door(ReturnForm, danger=True),
    Verb.WITHDRAW: Door(ReasonForm, danger=True),
    Verb.VOID: Door(ReasonForm, danger=True),
    REVOKE: Door(RevokeForm, danger=True),
}


def form_for(
    verb: str, case: Case, at: datetime, post: QueryDict | None, held: Mapping[str, str] | None = None
) -> ActForm:
    """The form of a verb, with what this case lets one choose. held: what was typed so far, when nothing is posted."""
    form = DOORS[verb].form(post, initial=dict(held or {}))
    offer: Callable[[Case, datetime], None] | None = getattr(form, "offer", None)
    if offer is not None:
        offer(case, at)
    return form
