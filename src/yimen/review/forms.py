"""An opinion."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from yimen.review.choices import Opinion
from yimen.review.models import Task
from yimen.ui.acting import ActForm, text


class OpineForm(ActForm):
    task = forms.TypedChoiceField(label=_("审查环节"), coerce=int)
    opinion = forms.ChoiceField(label=_("意见"), choices=Opinion.choices)
    text = text(_("意见内容"), lines=5, required=False, hint=_("不同意的，必须说明理由；决定人会看到。"))

    def offer(self, tasks: Sequence[Task]) -> None:
        """The tasks that are open now; one alone is chosen already."""
        self.fields["task"].choices = [(task.pk, task.name) for task in tasks]  # type: ignore[attr-defined]
        if len(tasks) == 1:
            self.fields["task"].initial = tasks[0].pk
