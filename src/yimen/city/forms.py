"""Forms of the administration. The commands decide; a form reads, and shows what a command refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yimen.city import queries
from yimen.city.choices import Duty, Level, Reach, RevokedFor, WindowKind
from yimen.city.models import Agency, Division, Hall, Window
from yimen.kit.errors import Invalid, Refusal
from yimen.kit.telling import translated
from yimen.law.calendar import Day
from yimen.ui.acting import ActForm, PlainForm
from yimen.ui.acting import text as act_text

REQUIRED = {"required": _("请填写此项。"), "invalid_choice": _("请从列表中选择。")}


def text(label: Any, length: int, *, required: bool = False, hint: Any = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=length, required=required, help_text=hint, error_messages=REQUIRED)


def _translated(choices: Iterable[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """Labels are Chinese wherever they are quoted (papers, the ledger); on a screen they follow its language."""
    return [(value, _(label)) for value, label in choices]


class RefusableForm(PlainForm):
    """A form that can show the refusal of a command beside its fields."""

    def show(self, refusal: Refusal) -> None:
        if not isinstance(refusal, Invalid):
            self.add_error(None, translated(refusal.detail))
            return
        for error in refusal.errors:
            self.add_error(error["field"] if error["field"] in self.fields else None, translated(error["message"]))


NONE = "none"
LONGEST_SPAN = 60


class NoneFirst(forms.models.ModelChoiceIterator):  # type: ignore[type-arg]  # generic for the type checker only
    """The empty choice has a value of its own, so that a radio button can take a choice back."""

    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        for value, label in super().__iter__():
            yield value or NONE, label


class RegisterChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for the type checker only
    """A row of a register; where it may stay open, 不指定 stands first in the list."""

    def __init__(self, rows: Any, *, required: bool, **kwargs: Any) -> None:
        self.iterator = forms.models.ModelChoiceIterator if required else NoneFirst
        super().__init__(rows, required=required, empty_label=None if required else _("不指定"), **kwargs)

    def to_python(self, value: Any) -> Any:
        return super().to_python(None if value == NONE else value)

    def prepare_value(self, value: Any) -> Any:
        return super().prepare_value(value) or (NONE if not self.required else None)


class DivisionChoice(RegisterChoice):
    def label_from_instance(self, place: Division) -> str:
        return f"{place.name}（{place.code}）"


class AgencyChoice(RegisterChoice):
    def label_from_instance(self, agency: Agency) -> str:
        return agency.name


class HallChoice(RegisterChoice):
    def label_from_instance(self, hall: Hall) -> str:
        return hall.name


class WindowChoice(RegisterChoice):
    def label_from_instance(self, window: Window) -> str:
        return f"{window.hall.name} {window.number} {window.name}"


def _divisions(*, required: bool) -> DivisionChoice:
    places = Division.objects.exclude(level=Level.VILLAGE).order_by("code")
    return DivisionChoice(places, label=_("行政区划"), required=required, error_messages=REQUIRED)


class DivisionForm(RefusableForm):
    name = text(_("名称"), 60, required=True)


class NewDivisionForm(DivisionForm):
    code = text(_("区划代码"), 12, required=True, hint=_("县 6 位，乡镇 9 位，村居 12 位数字；建立后不能更改。"))
    level = forms.ChoiceField(label=_("级别"), choices=_translated(Level.choices), error_messages=REQUIRED)
    field_order = ("code", "name", "level")


class AgencyForm(RefusableForm):
    name = text(_("名称"), 80, required=True)
    short = text(_("简称"), 40, hint=_("工作台和列表里用。"))
    department = text(_("部门简码"), 12, required=True, hint=_("各级同一个部门用同一个简码，例如 SJ。"))
    division = _divisions(required=True)
    kind = text(_("类别"), 40)
    uscc = text(_("统一社会信用代码"), 18)
    phone = text(_("咨询电话"), 40)
    window_phone = text(_("窗口电话"), 40)
    address = text(_("地址"), 120)
    work = text(_("职能"), 200)


class NewAgencyForm(AgencyForm):
    code = text(_("部门编号"), 40, required=True, hint=_("区划代码加简码，例如 441402-SJ；建立后不能更改。"))
    field_order = ("code",)


class HallForm(RefusableForm):
    name = text(_("名称"), 80, required=True)
    division = _divisions(required=True)
    address = text(_("地址"), 120, required=True)
    phone = text(_("电话"), 40)
    open_hours = text(_("开放时间"), 120, hint=_("例如：周一至周五 08:30–12:00，14:30–17:30"))
    bus_lines = text(_("公交线路"), 120)


class NewHallForm(HallForm):
    code = text(_("大厅编号"), 40, required=True, hint=_("例如 441402-H1；建立后不能更改。"))
    field_order = ("code",)


class WindowForm(RefusableForm):
    name = text(_("名称"), 60, required=True)
    kind = forms.ChoiceField(label=_("类型"), choices=_translated(WindowKind.choices), error_messages=REQUIRED)


class NewWindowForm(WindowForm):
    number = text(_("窗口号"), 10, required=True)
    field_order = ("number",)


class PostForm(RefusableForm):
    name = text(_("岗位名称"), 60, required=True)
    duties = forms.MultipleChoiceField(label=_("职责"), choices=_translated(Duty.choices), error_messages=REQUIRED)
    reach = forms.ChoiceField(label=_("职责范围"), choices=_translated(Reach.choices), error_messages=REQUIRED)
    agency = AgencyChoice(Agency.objects.order_by("code"), label=_("部门"), required=False, error_messages=REQUIRED)
    hall = HallChoice(Hall.objects.order_by("code"), label=_("政务大厅"), required=False, error_messages=REQUIRED)
    division = _divisions(required=False)
    window = WindowChoice(queries.windows(), label=_("窗口"), required=False, error_messages=REQUIRED)


class NewPostForm(PostForm):
    code = text(_("岗位编号"), 60, required=True, hint=_("例如 441402-SJ-审查；建立后不能更改。"))
    field_order = ("code",)


class YearForm(RefusableForm):
    """A year's notice as lines of text, the way it is published: a span and a name."""

    off = forms.CharField(
        label=_("放假"),
        widget=forms.Textarea,
        error_messages=REQUIRED,
        help_text=_("每行一段，例如：2027-02-06..2027-02-12 春节。周末可以写在里面。"),
    )
    on = forms.CharField(
        label=_("调休上班"), widget=forms.Textarea, required=False, help_text=_("每行一天，例如：2027-02-14 春节。")
    )
    source = text(_("依据"), 120, required=True, hint=_("通知的名称和文号。公布后，这一年里的办理期限会重新计算。"))

    def days(self) -> dict[date, Day]:
        """The notice as days. Raises Invalid for a line that says no day."""
        off = {day: Day(False, name) for day, name in self._lines("off")}
        return off | {day: Day(True, name) for day, name in self._lines("on")}

    def _lines(self, field: str) -> Iterator[tuple[date, str]]:
        for line in filter(None, (line.strip() for line in self.cleaned_data[field].splitlines())):
            span, _blank, name = line.partition(" ")
            first, _dots, last = span.partition("..")
            try:
                begins, ends = date.fromisoformat(first), date.fromisoformat(last or first)
            except ValueError:
                message = _("看不懂这一行：%(line)s") % {"line": line}
                raise Invalid([{"field": field, "code": "bad_line", "message": message}]) from None
            for step in range(min((ends - begins).days, LONGEST_SPAN) + 1):
                yield begins + timedelta(days=step), name.strip()


class DayForm(RefusableForm):
    working = forms.ChoiceField(
        label=_("这一天"),
        choices=[
            ("true", _("上班，计入工作日")),
            ("false", _("放假，不计入工作日")),
            ("law", _("恢复为国家通知的安排")),
        ],
        error_messages=REQUIRED,
    )
    name = text(_("名称"), 40, hint=_("例如：国庆节、台风停工"))
    reason = text(
        _("依据"), 120, required=True, hint=_("通知的名称和文号。改动后，所有跨过这一天的办理期限会重新计算。")
    )


class KeyRevokeForm(ActForm):
    """Why a key is revoked, and from when it is not to be trusted."""

    reason = forms.ChoiceField(
        label=_("吊销原因"), choices=lambda: _translated(RevokedFor.choices), error_messages=REQUIRED
    )
    note = act_text(_("说明"), lines=3, longest=500, hint=_("写明依据和经过，存入台账。"))
    distrusted_on = forms.DateField(
        label=_("失信日期"),
        required=False,
        help_text=_("密钥更早就可能落入他人之手的，填写那一天；不填就从现在起失信。"),
        error_messages=REQUIRED,
    )
    distrusted_time = forms.TimeField(
        label=_("失信时刻"),
        required=False,
        help_text=_("例如 14:30；不填就从当天零时起。"),
        error_messages={"invalid": _("请按 14:30 这样填写时刻。")},
    )
    successor = forms.BooleanField(label=_("同时换发新密钥，不中断签发"), required=False)
