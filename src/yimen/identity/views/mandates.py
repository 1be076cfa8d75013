"""A mandate on paper, checked at the window: who lets whom, what, how long; the scan lies with it (level B)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from yimen.city.choices import Duty
from yimen.files.choices import ACCEPT
from yimen.identity import commands, ports, queries
from yimen.identity.choices import Document, MandateKind, Power
from yimen.kit.errors import Invalid
from yimen.kit.guards import actor_of, duty
from yimen.kit.time import day_of, now
from yimen.law.said import said
from yimen.ui.acting import ActForm, act, text

if TYPE_CHECKING:
    from datetime import datetime

    from yimen.identity.models import Subject
    from yimen.kit.actor import Actor

PURPOSE = "登记授权委托"


class PaperForm(ActForm):
    """As the paper says it."""

    principal_document = forms.ChoiceField(label=gettext_lazy("委托人（单位）的证件"), choices=Document.choices)
    principal_number = text(gettext_lazy("委托人的证件号码"), longest=40)
    agent_document = forms.ChoiceField(
        label=gettext_lazy("受托人的证件"),
        choices=[(each.value, each.label) for each in Document if each != Document.USCC],
    )
    agent_number = text(gettext_lazy("受托人的证件号码"), longest=40)
    kind = forms.ChoiceField(label=gettext_lazy("授权类型"), choices=MandateKind.choices, initial=MandateKind.PERSONAL)
    powers = forms.MultipleChoiceField(
        label=gettext_lazy("可以做什么"), choices=Power.choices, widget=forms.CheckboxSelectMultiple,
        initial=[Power.FILE, Power.SUPPLEMENT, Power.RECEIVE],
    )  # fmt: skip
    items = text(
        gettext_lazy("限定的事项"), lines=3, required=False,
        hint=gettext_lazy("一行一个，写事项名称或者编码。事项和主题都不填，就是所有事项。"),
    )  # fmt: skip
    themes = forms.MultipleChoiceField(
        label=gettext_lazy("限定的主题（可以不选）"), required=False, widget=forms.CheckboxSelectMultiple
    )
    valid_from = forms.DateField(label=gettext_lazy("从哪天开始"), widget=forms.DateInput(attrs={"type": "date"}))
    valid_to = forms.DateField(
        label=gettext_lazy("到哪天为止"), required=False, widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("未成年人的监护人自动到满十八周岁的前一天。"),
    )  # fmt: skip
    proof = text(gettext_lazy("核对了什么"), longest=200, hint=gettext_lazy("例如：授权委托书原件和双方身份证。"))
    scan = forms.FileField(
        label=gettext_lazy("委托书扫描件"), required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPT}),
    )  # fmt: skip

    def __init__(self, *args: Any, themes: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["themes"].choices = [(each, each) for each in themes]  # type: ignore[attr-defined]


@duty(Duty.CLERK, Duty.ADMINISTRATOR)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def paper_mandate(request: HttpRequest) -> HttpResponse:
    """Both are registered people; the looks at them are written down."""
    actor, at = actor_of(request), now()

    def run(cleaned: dict[str, Any]) -> str:
        principal = _registered("principal", cleaned, actor, at)
        agent = _registered("agent", cleaned, actor, at)
        scan = cleaned["scan"]
        commands.grant_mandate(
            principal=principal, agent=agent, kind=cleaned["kind"], powers=cleaned["powers"],
            items=_items(cleaned["items"]), themes=cleaned["themes"], valid_from=cleaned["valid_from"],
            valid_to=cleaned["valid_to"], proof=cleaned["proof"], scan=(scan.name, scan) if scan else None,
            by=actor, at=at,
        )  # fmt: skip
        words = _("已登记：%(agent)s可以替%(principal)s办事。")
        messages.success(request, words % {"agent": agent.name, "principal": principal.name})
        return reverse("identity:paper_mandate")

    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = PaperForm(*given, themes=ports.all_themes(), initial={"valid_from": day_of(at)})
    return act(request, form, run=run, template="identity/paper_mandate.html", context={"nav": "paper_mandate"})


def _registered(which: str, cleaned: dict[str, Any], by: Actor, at: datetime) -> Subject:
    number = f"{which}_number"
    found = queries.subject_for_staff(cleaned[f"{which}_document"], cleaned[number], by=by, at=at, purpose=PURPOSE)
    if found is None:
        message = "没有登记过这个证件，请核对号码；还没有档案的，先在窗口登记。"
        raise Invalid([{"field": number, "code": "not_registered", "message": message}])
    return found


def _items(written: str) -> list[str]:
    """Names or codes, one a line, as slugs."""
    lines = [line.strip() for line in written.splitlines() if line.strip()]
    found = {line: ports.item_named(line) for line in lines}
    unknown = [line for line, slug in found.items() if slug is None]
    if unknown:
        message = said("没有找到这些事项：{names}", names="、".join(unknown))
        raise Invalid([{"field": "items", "code": "unknown_item", "message": message}])
    return [slug for slug in found.values() if slug]
