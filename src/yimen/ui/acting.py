"""A page on which one thing is done: a form, one command, and what to say when it is refused. Nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.forms.utils import pretty_name
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from yimen.kit.errors import Invalid, Refusal, SignInNeeded
from yimen.kit.telling import translated

LONGEST = 2000


class PlainForm(forms.Form):
    """A form whose own checks speak as everything else does: which field, and what to do."""

    def full_clean(self) -> None:
        """Just before it checks itself: forms put fields of their own in place as they are made."""
        self._speak()
        super().full_clean()

    def _speak(self) -> None:
        for name, field in self.fields.items():
            # Not asked of self[name]: that would bind the field for good, and forms put others in its place afterwards.
            said = str(field.label if field.label is not None else pretty_name(name))
            label = said.replace("%", "%%")  # Django fills its own facts in afterwards
            for code, sentence in _own_words(field).items():
                if field.error_messages.get(code) == _usual(field, code):
                    field.error_messages[code] = sentence % {"label": label}
            for check in field.validators:
                if isinstance(check, MaxLengthValidator):
                    words = _("“%(label)s”不能超过 %(most)s 个字。") % {"label": label, "most": check.limit_value}
                    field.error_messages.setdefault("max_length", words)


def _own_words(field: forms.Field) -> dict[str, str]:
    if isinstance(field, forms.FileField):
        return {"required": _("请选择要上传的文件：%(label)s。")}
    if isinstance(field, forms.BooleanField):
        return {"required": _("请勾选“%(label)s”。")}
    if isinstance(field, forms.ChoiceField):
        return {"required": _("请选择“%(label)s”。"), "invalid_choice": _("请从列表中选择“%(label)s”。")}
    return {"required": _("请填写“%(label)s”。"), "invalid": _("“%(label)s”填写的内容不对，请核对。")}


def _usual(field: forms.Field, code: str) -> Any:
    """What Django would say: a field that was given words of its own keeps them."""
    found = (kind.__dict__.get("default_error_messages", {}).get(code) for kind in type(field).__mro__)
    return next((words for words in found if words is not None), None)


class ActForm(PlainForm):
    """A form that can show the refusal of a command beside its fields, or above them."""

    def show(self, refusal: Refusal) -> None:
        errors = refusal.errors if isinstance(refusal, Invalid) else []
        for error in errors:
            self.add_error(error["field"] if error["field"] in self.fields else None, translated(error["message"]))
        if not errors:
            self.add_error(None, translated(refusal.detail))


def text(
    label: Any, *, lines: int = 0, required: bool = True, hint: Any = "", longest: int = LONGEST
) -> forms.CharField:
    """A text of one line, or of several."""
    widget = forms.Textarea(attrs={"rows": lines}) if lines else forms.TextInput()
    return forms.CharField(label=label, widget=widget, required=required, help_text=hint, max_length=longest)


def seen(post: QueryDict) -> int | None:
    """The version that the posted page was made of (hidden input `version`)."""
    version = post.get("version", "")
    return int(version) if version.isdecimal() and len(version) < 10 else None


def act(
    request: HttpRequest,
    form: ActForm,
    *,
    run: Callable[[dict[str, Any]], str],
    template: str,
    context: Mapping[str, Any],
) -> HttpResponse:
    """Show the form; when it was posted and holds, `run` makes the command call and gives the address to go on to.

    What the command refuses is shown in the same form, with everything that was typed.
    """
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            return HttpResponseRedirect(run(form.cleaned_data))
        except SignInNeeded:
            raise
        except Refusal as refusal:
            form.show(refusal)
            status = refusal.status
    return render(request, template, {**context, "form": form}, status=status)
