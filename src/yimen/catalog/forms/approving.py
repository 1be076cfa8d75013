"""Forms of the way through the offices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yimen.catalog.choices import MeasureKind, Reach
from yimen.catalog.models import Item
from yimen.catalog.queries.faces import words_of_change
from yimen.catalog.queries.impact import Touched
from yimen.kit.actor import Actor
from yimen.law.transition import Part
from yimen.ui.acting import ActForm, text

if TYPE_CHECKING:
    from yimen.city.models import Agency

DAY = {"required": _("请填写日期。"), "invalid": _("请填写正确的日期。")}
CHOOSE = {"required": _("请选择一项。"), "invalid_choice": _("请从列表中选择。")}


class SubmitForm(ActForm):
    """From which day it is to count, why it is made, and for each easing whom it reaches."""

    planned_from = forms.DateField(
        label=_("从哪天起施行"), error_messages=DAY, help_text=_("审核晚于这一天的，通过后立即施行。")
    )
    note = text(_("为什么改"), lines=4, hint=_("会和这一版一起公开，例如：根据某某办法修订，取消某某材料。"))

    def __init__(self, data: Any, *, today: date, choose: Sequence[Touched]) -> None:
        super().__init__(data, initial={"planned_from": today})
        self._places = {f"reach_{number}": each.change.place for number, each in enumerate(choose)}
        for name, each in zip(self._places, choose, strict=True):
            word = words_of_change(each.change.kind)[0]
            self.fields[name] = forms.ChoiceField(
                label=gettext("%(word)s“%(what)s”适用于哪些办件") % {"word": word, "what": each.change.called},
                choices=Reach.choices,
                widget=forms.RadioSelect,
                error_messages=CHOOSE,
                initial=None if each.decide else Reach.NEW,
                help_text=_reached(each),
            )

    def reach(self) -> dict[str, str]:
        """{place of the change: new | all}."""
        return {place: self.cleaned_data[name] for name, place in self._places.items() if name in self.cleaned_data}


def _reached(touched: Touched) -> str:
    """How many cases it would make easier now, and what of those that it can't."""
    if not touched.decide:
        first = gettext("现在没有可以因此减轻的办件，到施行那天可能有。")
    else:
        first = gettext("有 %(n)s 件在办的办件可以因此减轻负担，例如 %(examples)s。") % {
            "n": touched.decide,
            "examples": gettext("、").join(touched.examples[:3]),
        }
    if touched.change.of != Part.PROMISE:
        return first
    return first + gettext("按缩短的期限已经到期、或者马上要亮黄牌的，仍按原来的承诺办理。")


class ApproveForm(ActForm):
    """An opinion, if one wishes. digest: of what was read."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    reason = text(_("审核意见"), lines=3, required=False)


class BackForm(ActForm):
    reason = text(_("退回的原因"), lines=4, hint=_("写清楚要改什么，编制人员会看到。"))


class DiscardForm(ActForm):
    """Only to be confirmed."""


class TakeOnForm(ActForm):
    """Which lower agency takes an item on."""

    agency = forms.ChoiceField(label=_("由哪个部门承接"), error_messages=CHOOSE)

    def __init__(self, data: Any, agencies: Iterable[Agency]) -> None:
        super().__init__(data)
        pairs = [(str(each.pk), each.name) for each in agencies]
        self.fields["agency"] = forms.ChoiceField(label=_("由哪个部门承接"), choices=pairs, error_messages=CHOOSE)


class MeasureForm(ActForm):
    """From which day and why; what merges with it; what takes its place."""

    planned_from = forms.DateField(label=_("从哪天起施行"), error_messages=DAY)
    reason = text(_("原因"), lines=4, hint=_("会告诉来办事的人，写得让人看得懂。"))

    def __init__(self, data: Any, *, kind: MeasureKind, item: Item, actor: Actor, today: date) -> None:
        super().__init__(data, initial={"planned_from": today})
        rows = Item.objects.filter(agency__in=actor.agencies).exclude(pk=item.pk).order_by("name")
        pairs = list(rows.values_list("slug", "name"))
        if kind is MeasureKind.MERGE:
            self.fields["others"] = forms.MultipleChoiceField(
                label=_("和哪些事项合并"), choices=pairs, error_messages=CHOOSE
            )
            self.fields["into"] = forms.ChoiceField(label=_("合并成"), choices=pairs, error_messages=CHOOSE)
        elif kind is MeasureKind.SPLIT:
            self.fields["successors"] = forms.MultipleChoiceField(
                label=_("拆分成哪些事项"),
                choices=pairs,
                error_messages=CHOOSE,
                help_text=_("先新建并编制拆分后的事项。"),
            )
        elif kind is MeasureKind.CANCEL:
            self.fields["successors"] = forms.MultipleChoiceField(
                label=_("请来办事的人改办什么"), choices=pairs, required=False, help_text=_("没有的，不选。")
            )

    def others(self) -> list[str]:
        """The slugs that merge with the item."""
        return list(self.cleaned_data.get("others") or [])

    def successors(self) -> list[str]:
        """The slugs that take its place."""
        into = self.cleaned_data.get("into")
        return [into] if into else list(self.cleaned_data.get("successors") or [])
