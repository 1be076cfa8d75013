"""What a supplement notice asks for, as its applicant sees it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from yimen.applications.choices import Presented
from yimen.applications.queries import documents, owed
from yimen.cases.queries import easing_words, still_asked
from yimen.law.states import BEFORE_DECISION, State
from yimen.portal.queries import filling, materials
from yimen.sheets import queries as sheets
from yimen.ui.words import people_date

if TYPE_CHECKING:
    from yimen.applications.models import Application
    from yimen.cases.models import Case, Supplement


def notice_of(case: Case) -> Supplement | None:
    """The notice that is still open."""
    return next((each for each in case.supplements.all() if each.supplied_at is None), None)


def page(
    case: Case,
    application: Application,
    notice: Supplement,
    typed: Mapping[str, Any],
    errors: Mapping[str, str],
    at: datetime,
) -> dict[str, Any]:
    """The page: uploads for each material asked for, the fields asked for, each with the reason given."""
    still = still_asked(notice, application)
    asked = {each["key"]: each["reason"] for each in still[0]}
    reasons = {each["name"]: each["reason"] for each in still[1]}
    held = {**application.answers, **typed}
    fields = filling.with_files(
        sheets.fields_for(application.edition.doc, held, filling.known(application), errors),
        lambda name: reverse("portal:form_file", args=[application.number, name]),
        application.answers,
    )
    return {
        "case": case,
        "notice": notice,
        "eased": easing_words(application),
        "faces": materials.faces(application, at, asked=asked, errors=errors, since=notice.asked_at) if asked else [],
        "fields": [
            {**field, "hint": reasons[field["name"]], "show_if": ""} for field in fields if field["name"] in reasons
        ],
    }


def owed_of(case: Case) -> list[str]:
    """The keys of what was promised for later and hasn't come, while it may still come."""
    return [each.key for each in owed(case.application)] if State(case.state) in BEFORE_DECISION else []


def owed_until(case: Case) -> date | None:
    """The first day to which any of it was promised; None where no day was named."""
    keys = owed_of(case)
    held = documents(case.application) if keys else []
    days = [each.until for each in held if each.presented == Presented.PROMISE and each.material in keys and each.until]
    return min(days, default=None)


def owed_faces(case: Case, at: datetime) -> list[materials.MaterialFace]:
    """Those materials, to be uploaded."""
    keys, until = owed_of(case), owed_until(case)
    reason = _("您承诺在 %(day)s前补交。") % {"day": people_date(until, at)} if until else _("您承诺在作出决定前补交。")
    return materials.faces(case.application, at, asked=dict.fromkeys(keys, reason), since=at) if keys else []


def first_missing(case: Case) -> list[str]:
    """The key of the first material that was asked for and hasn't come since."""
    notice = notice_of(case)
    if notice is None:
        return []
    fresh = {each.material for each in documents(case.application) if each.handed_in_at >= notice.asked_at}
    materials, _fields = still_asked(notice, case.application)
    return [each["key"] for each in materials if each["key"] not in fresh][:1]
