"""What the counter's pages post: who stands there, the ticks of a checklist."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from yimen.counter.commands import Ticked
from yimen.identity.choices import Document
from yimen.ui.acting import ActForm, text

MOST_PIECES = 99


class VisitorForm(ActForm):
    document = forms.ChoiceField(label=_("证件"), choices=Document.choices, initial=Document.CITIZEN_ID)
    number = text(_("证件号码"), longest=40, hint=_("刷证件或者扫码枪可以直接填入。"))
    name = text(
        _("姓名或者单位名称"), longest=120, required=False, hint=_("与证件上的一致；来过的人刷了证件可以不填。")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"].widget.attrs["autofocus"] = True


class AccountForm(ActForm):
    """Whoever opens an account says that they have compared the card."""

    phone = text(_("手机号码"), longest=20, required=False, hint=_("可以用来登录；不填的，用身份证号登录。"))
    compared = forms.BooleanField(
        label=_("已核对证件原件，人证一致"), error_messages={"required": _("请先核对证件原件和本人。")}
    )


class PasswordForm(AccountForm):
    phone = None  # type: ignore[assignment]


class NameForm(ActForm):
    name = text(_("正确的姓名或者名称"), longest=120, hint=_("与证件上的一致。"))
    reason = text(_("原因和依据"), longest=200, hint=_("例如：核对身份证原件，登记时写错；或者变更证明的名称和文号。"))


class OriginalForm(ActForm):
    """What a clerk notes when an upload was compared with its original."""

    valid_to = forms.DateField(
        label=_("原件的有效期至"), required=False, help_text=_("长期有效的不填；与上传时填写的不一致的，以原件为准。"),
        error_messages={"invalid": _("请填写正确的日期。")},
    )  # fmt: skip
    device = text(_("核验设备"), required=False, longest=60, hint=_("用了高拍仪、读卡器的填写。"))
    note = text(_("备注"), required=False, longest=300)


class ConsentForm(ActForm):
    """The clerk says whose word it is, and that they said it themselves."""

    voice = text(_("谁在窗口表示的"), longest=120, hint=_("本人的姓名；单位的，填写到场的法定代表人或者受委托人。"))
    heard = forms.BooleanField(
        label=_("已核对证件，上面的内容已经读给办事人听，由本人当面表示"),
        error_messages={"required": _("请先核对证件，把内容读给办事人听。")},
    )


class SettleForm(ActForm):
    reason = text(_("理由"), lines=2, required=False, hint=_("不填则写“申请材料齐全，符合法定条件”。"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        return {"reason": given.get("reason") or "申请材料齐全，符合法定条件。"}


def ticked(request: HttpRequest, keys: Collection[str]) -> list[Ticked]:
    """The checklist as posted, line by line: only lines that the page showed (`line` names them)."""
    post = request.POST
    shown = [key for key in post.getlist("line") if key in keys]
    return [
        Ticked(
            key=key,
            originals=_pieces(post, f"original_{key}", f"originals_{key}"),
            copies=_pieces(post, f"copy_{key}", f"copies_{key}"),
            licence=f"licence_{key}" in post,
            promise=f"promise_{key}" in post,
            again=f"again_{key}" in post,
            cited=post.get(f"cite_{key}", "").strip()[:120],
            uploads=[(each.name or "", each) for each in request.FILES.getlist(f"file_{key}")],
            removed=frozenset(int(pk) for pk in post.getlist(f"remove_{key}") if pk.isdecimal() and len(pk) < 18),
        )
        for key in shown
    ]


def said_at(at: datetime) -> str:
    """已保存 14:32."""
    return str(_("已保存 %s")) % f"{at:%H:%M}"


def _pieces(post: QueryDict, tick: str, count: str) -> int:
    given = post.get(count, "")
    if tick not in post:
        return 0
    return min(MOST_PIECES, max(1, int(given))) if given.isdecimal() and len(given) < 4 else 1
