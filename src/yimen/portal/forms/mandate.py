"""The form of a mandate: to whom, for what, from when until when. Fields as a sheet has them; nothing typed is lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from yimen.identity.choices import Document, Power
from yimen.kit.telling import translated
from yimen.kit.time import day_of
from yimen.law.documents import DocumentKind, check_document
from yimen.law.identifiers import normalise
from yimen.portal.forms.days import read_day
from yimen.ui import inputs

if TYPE_CHECKING:
    from yimen.identity.models import Subject

USUAL = (Power.FILE, Power.SUPPLEMENT, Power.RECEIVE)
A_YEAR = timedelta(days=364)
LONGEST_NUMBER, LONGEST_NAME = 40, 120


def power_words() -> dict[str, str]:
    """What each power lets somebody do, in a sentence's end."""
    return {
        Power.FILE: _("填写、上传材料、提交和撤回申请"),
        Power.SUPPLEMENT: _("按通知补交材料"),
        Power.SIGN: _("在告知书、送达回证上签字"),
        Power.RECEIVE: _("领取证照和文书"),
        Power.SEE_LICENCES: _("查看全部电子证照，不限于下面的事项"),
    }


@dataclass(frozen=True)
class Wanted:
    """What was asked for, all of it sound. items: slugs, none for all."""

    document: str
    number: str
    name: str
    powers: list[str]
    items: list[str]
    themes: list[str]
    valid_from: date
    valid_to: date | None


class MandateForm:
    """Reads the post, keeps what was typed, says what is wrong. items: {slug: name} of what may be chosen."""

    def __init__(
        self,
        post: QueryDict | None,
        *,
        principal: Subject,
        items: Mapping[str, str],
        at: datetime,
        themes: Sequence[str] = (),
    ) -> None:
        self.errors: list[dict[str, str]] = []
        self._principal, self._known, self._today, self._all_themes = principal, items, day_of(at), themes
        self._held: dict[str, Any] = inputs.read(post, self._shape()) if post is not None else self._usual()

    def read(self) -> Wanted | None:
        """What is wanted, or None with errors."""
        number, name, powers = self._number(), self._name(), self._powers()
        items, themes, first, last = self._items(), self._themes(), self._first(), self._last()
        if last is not None and first is not None and last < first:
            self._wrong("valid_to", _("结束日期不能早于开始日期。"))
        if self.errors or first is None:
            return None
        return Wanted(self._held["document"], number, name, powers, items, themes, first, last)

    def object(self, field: str, message: str) -> None:
        """What the register says against it, beside the field that it speaks of."""
        self._wrong(field, message)

    def fields(self) -> dict[str, dict[str, Any]]:
        """The fields as typed, each with what is wrong, by name."""
        wrong = {each["field"]: each["message"] for each in self.errors}
        return {
            shape["name"]: {**shape, "value": self._held.get(shape["name"]), "error": wrong.get(shape["name"], "")}
            for shape in self._shape()
        }

    def posted(self) -> list[tuple[str, str]]:
        """Everything as it was typed, for the hidden inputs of the page that checks."""
        pairs = []
        for name, value in self._held.items():
            pairs += [(name, each) for each in (value if isinstance(value, list) else [value]) if each]
        return pairs

    def _usual(self) -> dict[str, Any]:
        return {
            "document": Document.CITIZEN_ID.value, "powers": [each.value for each in USUAL], "scope": "chosen",
            "valid_from": self._today.isoformat(), "valid_to": (self._today + A_YEAR).isoformat(),
        }  # fmt: skip

    def _shape(self) -> list[dict[str, Any]]:
        documents = [{"value": each.value, "label": _(each.label)} for each in Document if each != Document.USCC]
        words = power_words()
        powers = [{"value": each.value, "label": _(each.label), "hint": words[each]} for each in Power]
        scopes = [
            {"value": "chosen", "label": _("只限选定的事项"), "hint": _("只能看到这些事项的申请和办件。")},
            {"value": "themes", "label": _("按主题"), "hint": _("例如“准营准办”，包括以后归入这个主题的事项。")},
            {"value": "all", "label": _("所有事项"), "hint": _("包括以后新增的事项；能看到全部申请、办件和消息。")},
        ]
        choices = [{"value": slug, "label": name} for slug, name in self._known.items()]
        return [
            {"name": "name", "label": _("姓名"), "kind": "text", "required": True, "max_length": LONGEST_NAME},
            {"name": "document", "label": _("证件类型"), "kind": "choice", "required": True, "choices": documents},
            {
                "name": "number", "label": _("证件号码"), "kind": "text", "required": True,
                "max_length": LONGEST_NUMBER, "hint": _("姓名和号码都要与对方注册时的一致。"),
            },
            {"name": "powers", "label": _("可以替您做什么？"), "kind": "multi", "required": True, "choices": powers},
            {"name": "scope", "label": _("哪些事项？"), "kind": "choice", "required": True, "choices": scopes},
            {
                "name": "items", "label": _("选定的事项"), "kind": "multi", "required": True, "choices": choices,
                "show_if": "scope == 'chosen'",
            },
            {
                "name": "themes", "label": _("选定的主题"), "kind": "multi", "required": True,
                "choices": [{"value": each, "label": each} for each in self._all_themes],
                "show_if": "scope == 'themes'",
            },
            {"name": "valid_from", "label": _("从哪天开始"), "kind": "date", "required": True},
            {
                "name": "valid_to", "label": _("到哪天为止"), "kind": "date", "required": False,
                "hint": _("这一天也算在内。不填就一直有效，直到您撤销。"),
            },
        ]  # fmt: skip

    def _number(self) -> str:
        kind, number = self._held.get("document") or "", normalise(self._held.get("number") or "")
        if kind not in Document.values or kind == Document.USCC:
            self._wrong("document", _("请选择证件类型。"))
            return ""
        if not number:
            self._wrong("number", _("请填写证件号码。"))
            return ""
        verdict = check_document(DocumentKind(kind), number, today=self._today)
        if not verdict:
            self._wrong("number", translated(verdict.why))
        elif kind == self._principal.document and number == self._principal.number:
            self._wrong("number", _("这是您自己的证件号码，不用授权给自己。"))
        return number

    def _name(self) -> str:
        name = " ".join((self._held.get("name") or "").split())
        if not name or len(name) > LONGEST_NAME:
            self._wrong("name", _("请填写对方的姓名。"))
        return name

    def _powers(self) -> list[str]:
        powers = [each for each in self._held.get("powers") or [] if each in Power.values]
        if not powers:
            self._wrong("powers", _("请至少选择一项可以替您做的事。"))
        return powers

    def _items(self) -> list[str]:
        if self._held.get("scope") in ("all", "themes"):
            return []
        if self._held.get("scope") != "chosen":
            self._wrong("scope", _("请选择授权哪些事项。"))
        items = [each for each in self._held.get("items") or [] if each in self._known]
        if not items and self._held.get("scope") == "chosen":
            self._wrong("items", _("请至少选择一个事项。"))
        return items

    def _themes(self) -> list[str]:
        if self._held.get("scope") != "themes":
            return []
        themes = [each for each in self._held.get("themes") or [] if each in self._all_themes]
        if not themes:
            self._wrong("themes", _("请至少选择一个主题。"))
        return themes

    def _first(self) -> date | None:
        first = self._day("valid_from", required=True)
        if first is not None and first < self._today:
            self._wrong("valid_from", _("授权不能从已经过去的日子开始。"))
        return first

    def _last(self) -> date | None:
        return self._day("valid_to", required=False)

    def _day(self, name: str, *, required: bool) -> date | None:
        text = self._held.get(name) or ""
        if not text and not required:
            return None
        day, wrong = read_day(text)
        if wrong:
            self._wrong(name, wrong)
        return day

    def _wrong(self, name: str, message: str) -> None:
        if name not in {each["field"] for each in self.errors}:
            self.errors.append({"field": name, "message": message})
