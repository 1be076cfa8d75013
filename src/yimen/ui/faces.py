"""How clocks and states look: word, tone and icon, in one place for all rooms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True)
class Look:
    word: Words
    tone: str
    icon: str


# The words are those of law.states (a test compares them); here they can be translated.
STATES: dict[str, Look] = {
    "draft": Look(_("暂存"), "neutral", "pencil"),
    "received": Look(_("已收件"), "info", "inbox"),
    "supplement": Look(_("待补正"), "warn", "file-plus"),
    "accepted": Look(_("已受理"), "info", "progress"),
    "paused": Look(_("特别程序中"), "warn", "player-pause"),
    "decided": Look(_("已决定"), "good", "gavel"),
    "closed": Look(_("已办结"), "good", "circle-check"),
    "refused": Look(_("不予受理"), "bad", "circle-x"),
    "not_needed": Look(_("不受理"), "neutral", "circle-minus"),
    "returned": Look(_("已退件"), "neutral", "arrow-back-up"),
    "withdrawn": Look(_("已撤回"), "neutral", "arrow-back-up"),
    "void": Look(_("已作废"), "neutral", "ban"),
    "forwarded": Look(_("已转报"), "neutral", "share-3"),
}

CARDS: dict[str, Look] = {
    "warning": Look(_("预警"), "warn", "bell"),
    "yellow": Look(_("黄牌"), "amber", "alert-triangle"),
    "red": Look(_("红牌"), "red", "alert-octagon"),
}

LICENCES: dict[str, Look] = {
    "valid": Look(_("有效"), "good", "circle-check"),
    "expired": Look(_("已过期"), "neutral", "calendar-x"),
    "cancelled": Look(_("已注销"), "neutral", "circle-minus"),
    "revoked": Look(_("已吊销"), "bad", "circle-x"),
    "suspended": Look(_("暂扣"), "warn", "player-pause"),
    "frozen": Look(_("已冻结"), "warn", "lock"),
    "unseen": Look(_("原件待核验"), "info", "eye"),
    "ended": Look(_("已废止"), "bad", "circle-x"),
}

CLOCKS: dict[str, Words] = {
    "acceptance": _("受理期限"),
    "promise": _("承诺期限"),
    "statutory": _("法定期限"),
    "step": _("环节期限"),
    "delivery": _("送达期限"),
    "supplement": _("补正期限"),
    "commitment": _("承诺核查期限"),
    "correction": _("更正答复期限"),
}


@dataclass(frozen=True)
class ClockFace:
    """What a clock shows. left: units left, negative when overdue, None when nobody can say (paused, stopped)."""

    kind: str
    state: str
    due: date | datetime | None = None
    left: int | None = None
    unit: str = "working_day"
    level: str = ""
    reckoning: Sequence[str] | str = ()
    provisional: bool = False
    met: bool | None = None

    @classmethod
    def of(cls, thing: Any) -> ClockFace:
        """From any object or mapping with some of the attributes."""
        if isinstance(thing, cls):
            return thing
        values = {name: _get(thing, name) for name in cls.__dataclass_fields__}
        return cls(**{name: value for name, value in values.items() if value is not None})

    @property
    def shade(self) -> str:
        """normal, warning, yellow, red; as given, or read from what is left."""
        if self.state != "running":
            return "still"
        if self.level or self.left is None:
            return self.level or "normal"
        return "red" if self.left < 0 else "yellow" if self.left == 0 else "warning" if self.left <= 1 else "normal"

    @property
    def sentences(self) -> list[str]:
        return [self.reckoning] if isinstance(self.reckoning, str) and self.reckoning else list(self.reckoning)


def look(table: Mapping[str, Look], key: Any) -> Look:
    """The look of a state. An unknown one is a defect of the caller and fails loudly."""
    return table[str(getattr(key, "value", key))]


def _get(thing: Any, name: str) -> Any:
    return thing.get(name) if isinstance(thing, Mapping) else getattr(thing, name, None)
