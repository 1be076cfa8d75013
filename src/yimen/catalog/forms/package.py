"""The form on which taking a package out of use is proposed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yimen.catalog.forms.approving import DAY
from yimen.ui.acting import ActForm, text


class EndPackageForm(ActForm):
    """From which day a package is out of use, and why."""

    planned_from = forms.DateField(
        label=_("从哪天起停用"), error_messages=DAY, help_text=_("审核晚于这一天的，通过后立即施行。")
    )
    reason = text(_("停用的理由"), lines=4, hint=_("会告诉来办事的人，写得让人看得懂。"), longest=200)

    def __init__(self, data: Any, *, today: date) -> None:
        super().__init__(data, initial={"planned_from": today})
