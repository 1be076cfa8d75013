"""The form on which a new item is begun."""

from __future__ import annotations

import re
from typing import Any, get_args

from django import forms
from django.utils.translation import gettext_lazy as _
from pypinyin import lazy_pinyin

from yimen.catalog.choices.words import CaseType, ItemKind
from yimen.city import queries as city
from yimen.kit.actor import Actor
from yimen.ui.acting import ActForm, text

LONGEST_SLUG = 56
KINDS = [("", _("请选择")), *((each, each) for each in get_args(ItemKind))]


class NewItemForm(ActForm):
    """Name, agency, kind; the address name is proposed from the name."""

    name = text(_("事项名称"), hint=_("写全称，例如“食品经营许可（餐饮服务新办）”。"), longest=200)
    slug = forms.CharField(
        label=_("网址名称"),
        required=False,
        max_length=LONGEST_SLUG,
        help_text=_("小写字母、数字和连字符，起草后不再改变。留空的，按事项名称的拼音生成。"),
    )
    agency = forms.TypedChoiceField(label=_("实施主体"), coerce=int)
    kind = forms.ChoiceField(label=_("事项类型"), choices=KINDS)
    case_type = forms.ChoiceField(label=_("办件类型"), choices=[(each.value, each.value) for each in CaseType])

    def __init__(self, data: Any, actor: Actor) -> None:
        super().__init__(data)
        reached = city.agency_choices(actor.agencies)
        choices = reached if len(reached) == 1 else [("", _("请选择")), *reached]
        self.fields["agency"] = forms.TypedChoiceField(label=_("实施主体"), coerce=int, choices=choices)

    def clean(self) -> dict[str, Any]:
        held = super().clean() or {}
        slug = str(held.get("slug") or "").strip() or proposed(str(held.get("name") or ""))
        if held.get("name") and not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug):
            self.add_error("slug", _("只能用小写字母、数字和连字符，不能以连字符开头或者结尾。"))
        return {**held, "slug": slug}


def proposed(name: str) -> str:
    """An address name from a Chinese one: the pinyin of its first words, in whole syllables."""
    syllables = re.findall(r"[a-z0-9]+", " ".join(lazy_pinyin(name)).lower())
    slug = ""
    for syllable in syllables:
        longer = f"{slug}-{syllable}".strip("-")
        if len(longer) > LONGEST_SLUG:
            break
        slug = longer
    return slug
