"""A page on which one thing is done: a form, one command, and what to say when it is refused. Nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render

from yimen.kit.errors import Invalid, Refusal, SignInNeeded
from yimen.kit.telling import translated

LONGEST = 2000


class ActForm(forms.Form):
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
