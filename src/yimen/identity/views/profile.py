"""A person's own data."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from yimen.city.queries import address_lists, address_parts, address_text
from yimen.identity import commands, queries
from yimen.identity.access import plain
from yimen.identity.choices import ORG_KEYS, PERSON_KEYS, Assurance, Document
from yimen.identity.models import Subject
from yimen.kit.errors import Invalid, NotFound
from yimen.kit.guards import actor_of, signed_in
from yimen.kit.time import now
from yimen.ui import inputs
from yimen.ui.words import plain_date

KINDS = {
    "birth_date": "date",
    "phone": "phone",
    "contact_phone": "phone",
    "residence_address": "address",
    "hukou_address": "address",
    "address": "address",
    "gender": "choice",
    "marital_status": "choice",
    "education": "choice",
    "legal_rep_id_number": "idcard",
}
CHOICES = {
    "gender": ["男", "女"],
    "marital_status": ["未婚", "已婚", "离异", "丧偶"],
    "education": ["小学及以下", "初中", "高中", "大专及以上"],
}
IN_NUMBER = frozenset({"gender", "birth_date"})


@signed_in
@never_cache
@require_safe
def profile(request: HttpRequest) -> HttpResponse:
    """What the city knows of me. The number stays masked: a screen is looked at by others too."""
    mine = _mine(request)
    change = f"{reverse('identity:edit_profile')}#id_"
    known = [
        {"label": _("姓名"), "value": mine.name},
        {"label": _(Document(mine.document).label), "value": mine.masked_number},
        {"label": _("实名等级"), "value": _(Assurance(mine.assurance).label)},
        *(_row(mine, key, label, "") for key, label in _keys(mine).items() if _fixed(mine, key)),
    ]
    rows = [_row(mine, key, label, f"{change}{key}") for key, label in _keys(mine).items() if not _fixed(mine, key)]
    return render(request, "identity/profile.html", {"known": known, "rows": rows})


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest) -> HttpResponse:
    """Contact and other data that I may correct myself."""
    mine, errors = _mine(request), []
    fields = _fields(mine)
    values = {field["name"]: mine.profile.get(field["name"]) for field in fields}
    if "field" in request.GET:  # the script asks for the lists below a division that was chosen
        values |= inputs.read(request.GET, fields)
    if request.method == "POST":
        values = inputs.read(request.POST, fields)
        try:
            if not inputs.row_button(request.POST):
                return _save(request, mine, values)
        except Invalid as invalid:
            errors = invalid.errors
        except commands.PhoneTaken as taken:
            errors = [{"field": "phone", "message": taken.detail}]
    faces = [_filled(field, values, errors) for field in fields]
    return render(
        request, "identity/edit_profile.html", {"fields": faces, "errors": errors}, status=422 if errors else 200
    )


def _save(request: HttpRequest, mine: Subject, values: dict[str, Any]) -> HttpResponse:
    changes = {key: _none_if_empty(value) for key, value in values.items()}
    commands.correct_own_data(plain(request.user), changes=changes, by=actor_of(request), at=now())
    messages.success(request, _("已保存。"))
    return HttpResponseRedirect(reverse("identity:profile"))


def _mine(request: HttpRequest) -> Subject:
    subject = actor_of(request).subject
    if subject is None:
        raise NotFound(_("这个账号没有个人资料。"))
    return queries.subject(subject)


def _keys(mine: Subject) -> dict[str, str]:
    return PERSON_KEYS if mine.is_person else ORG_KEYS


def _fixed(mine: Subject, key: str) -> bool:
    """What stands in the citizen number is not for changing."""
    return mine.document == Document.CITIZEN_ID and key in IN_NUMBER


def _row(mine: Subject, key: str, label: str, change_url: str) -> dict[str, Any]:
    value = queries.profile_value(mine, f"{'person' if mine.is_person else 'org'}.{key}")
    return {"label": _(label), "value": _shown(key, value) or None, "change_url": change_url}


def _shown(key: str, value: Any) -> Any:
    if KINDS.get(key) == "address":
        return address_text(value)
    return plain_date(date.fromisoformat(value)) if value and KINDS.get(key) == "date" else value


def _fields(mine: Subject) -> list[dict[str, Any]]:
    return [
        {"name": key, "label": _(label), "kind": KINDS.get(key, "text"), "choices": CHOICES.get(key), "required": False}
        for key, label in _keys(mine).items()
        if not _fixed(mine, key)
    ]


def _filled(field: dict[str, Any], values: dict[str, Any], errors: list[dict[str, str]]) -> dict[str, Any]:
    value = values.get(field["name"])
    error = next((each["message"] for each in errors if each["field"] == field["name"]), "")
    if field["kind"] == "address":
        value = address_parts(value) if isinstance(value, str) else value
        field = {**field, "divisions": address_lists(value or {}), "divisions_url": reverse("identity:edit_profile")}
    if field["kind"] == "choice" and value and value not in field["choices"]:
        field = {**field, "choices": [*field["choices"], value]}
    return {**field, "value": value, "error": error}


def _none_if_empty(value: Any) -> Any:
    return None if isinstance(value, dict) and not any(value.values()) else value
