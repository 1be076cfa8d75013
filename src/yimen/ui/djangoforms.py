"""A Django form's field as the field mapping that our templates draw, so that sign-in looks like everything else."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import BoundField

from yimen.kit.telling import translated

KINDS: tuple[tuple[type[forms.Field], str], ...] = (
    (forms.FileField, "file"),
    (forms.MultipleChoiceField, "multi"),
    (forms.ChoiceField, "choice"),
    (forms.ModelMultipleChoiceField, "multi"),
    (forms.ModelChoiceField, "choice"),
    (forms.BooleanField, "multi"),
    (forms.DateField, "date"),
    (forms.IntegerField, "number"),
    (forms.DecimalField, "number"),
)


def field_of(bound: BoundField) -> dict[str, Any]:
    """{name, label, kind, …} of a bound field. A tick box becomes a list of one choice.

    Its widget's attrs may say show_if (on what it hangs) and needed (must be filled in where it is asked at all).
    """
    kind = _kind(bound)
    value = bound.value()
    found: dict[str, Any] = {
        "name": bound.html_name,
        "id": bound.id_for_label or bound.auto_id or f"id_{bound.html_name}",
        "label": bound.label,
        "kind": kind,
        "required": bound.field.required or "needed" in bound.field.widget.attrs,
        "value": "" if value is None else value,
        "error": "；".join(str(error) for error in bound.errors),
        "hint": bound.help_text,
        "autocomplete": bound.field.widget.attrs.get("autocomplete", ""),
        "accept": bound.field.widget.attrs.get("accept", ""),
        "show_if": bound.field.widget.attrs.get("show_if"),
        "autofocus": bool(bound.field.widget.attrs.get("autofocus")),
        "password": isinstance(bound.field.widget, forms.PasswordInput),
    }
    if isinstance(bound.field, forms.BooleanField):
        return found | {
            "choices": [{"value": "on", "label": bound.label}],
            "value": ["on"] if value else [],
            "bare": True,
        }
    if kind in ("choice", "multi"):
        listed = getattr(bound.field, "choices", ())
        found["choices"] = [{"value": str(key), "label": translated(label)} for key, label in listed if str(key)]
    return found


def _kind(bound: BoundField) -> str:
    if isinstance(bound.field.widget, forms.Textarea):
        return "textarea"
    return next((kind for cls, kind in KINDS if isinstance(bound.field, cls)), "text")
