"""The calendar as a year's picture, and one day of it."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yimen.city import commands, queries
from yimen.city.choices import Duty
from yimen.city.forms import DayForm, YearForm
from yimen.city.views.editing import edit
from yimen.kit.errors import NotFound, Refusal
from yimen.kit.guards import actor_of, duty
from yimen.kit.telling import translated
from yimen.kit.time import day_of, now
from yimen.ui.words import plain_date

FIRST_YEAR, LAST_YEAR = 2004, 2100
WEEKDAYS = "一二三四五六日"


@duty(Duty.ADMINISTRATOR)
@require_safe
def this_year(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect(reverse("city:year", args=[day_of(now()).year]))


@duty(Duty.ADMINISTRATOR)
@require_safe
def year(request: HttpRequest, year: int) -> HttpResponse:
    """Twelve months; colours and marks say what each day is, and whether its year's notice is known."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotFound(_("没有这一年的日历。"))
    months = queries.year_picture(year)
    published = year in queries.calendar().published
    context = {
        "year": year,
        "months": months,
        "weekdays": WEEKDAYS,
        "published": published,
        "working": sum(month.working for month in months),
        "own": list(queries.calendar_days(year).values()),
        "today": day_of(now()),
        "before": year - 1 if year > FIRST_YEAR else None,
        "after": year + 1 if year < LAST_YEAR else None,
        "nav": "calendar",
    }
    return render(request, "city/year.html", context)


@duty(Duty.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def day(request: HttpRequest, day: str) -> HttpResponse:
    """Say that a day counts, doesn't, or is again as the notice has it."""
    asked = _date(day)
    known = queries.calendar()
    return edit(
        request,
        DayForm,
        save=lambda data: _save(request, asked, data),
        title=plain_date(asked),
        caption=translated(known.why(asked)),
        back=reverse("city:year", args=[asked.year]),
        nav="calendar",
        initial={"working": "true" if known.is_working(asked) else "false"},
    )


@duty(Duty.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, year: int) -> HttpResponse:
    """Enter a year's notice completely."""
    form = YearForm(request.POST if request.method == "POST" else None)
    back = reverse("city:year", args=[year])
    if request.method == "POST" and form.is_valid():
        try:
            source = form.cleaned_data["source"]
            commands.publish_year(year, days=form.days(), source=source, by=actor_of(request), at=now())
        except Refusal as refusal:
            form.show(refusal)
        else:
            messages.success(request, _("已公布，办理期限正在重新计算。"))
            return HttpResponseRedirect(back)
    context = {"form": form, "title": _("录入 %(year)s 年放假安排") % {"year": year}, "back": back, "nav": "calendar"}
    return render(request, "city/edit.html", context, status=422 if form.is_bound else 200)


def _save(request: HttpRequest, asked: date, data: dict[str, str]) -> None:
    who, reason = actor_of(request), data["reason"]
    if data["working"] == "law":
        commands.forget_calendar_day(asked, reason=reason, by=who, at=now())
    else:
        working = data["working"] == "true"
        commands.set_calendar_day(asked, working=working, name=data["name"], reason=reason, by=who, at=now())


def _date(text: str) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = date.min
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise NotFound(_("没有这一天。"))
    return found
