"""The life of an edition as its pages show it: what happened, what differs, who has it in hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from yimen.catalog.choices import EditionState, MeasureState, PassageKind, Reach
from yimen.catalog.models import Edition, Passage
from yimen.catalog.queries.difference import Change
from yimen.catalog.queries.impact import Impact, Touched
from yimen.law.transition import Effect
from yimen.ui.words import plain_date

TONES = {
    EditionState.DRAFT: "neutral", EditionState.CHECKED: "warn", EditionState.STAFFED: "warn",
    EditionState.APPROVED: "info", EditionState.RELEASED: "good", EditionState.SUSPENDED: "bad",
    EditionState.CANCELLED: "neutral", EditionState.PAST: "neutral",
}  # fmt: skip
MEASURE_TONES = {
    MeasureState.CHECKED: "warn", MeasureState.STAFFED: "warn", MeasureState.APPROVED: "info",
    MeasureState.DONE: "good", MeasureState.RETURNED: "neutral",
}  # fmt: skip
STEP_TONES = {PassageKind.RETURNED: "bad", PassageKind.RELEASED: "good", PassageKind.CANCELLED: "bad"}


@dataclass(frozen=True)
class Chapter:
    """The changes of one chapter of the document."""

    title: str
    changes: list[ChangeFace]


@dataclass(frozen=True)
class ChangeFace:
    """One change in words. tone: of the badge; effect: what it means for somebody who applies, "" for nothing."""

    change: Change
    word: str
    tone: str
    icon: str
    effect: str

    @property
    def whole(self) -> bool:
        """Did a whole row come or go?"""
        return bool(self.change.title) and self.change.kind != "changed"

    @property
    def shown(self) -> bool:
        """What came is read at once; what went is folded away."""
        return self.change.kind == "added"


def words_of_change(kind: str) -> tuple[str, str, str]:
    """Word, tone, icon."""
    return {
        "added": (_("新增"), "info", "plus"),
        "removed": (_("删去"), "warn", "minus"),
        "changed": (_("改动"), "neutral", "pencil"),
    }[kind]


def _words_of(change: Change) -> tuple[str, str, str]:
    """Of a row that is only called otherwise now: that."""
    word, tone, icon = words_of_change(change.kind)
    return (_("改名") if change.was and len(change.details) == 1 else word), tone, icon


def chapters(changes: Iterable[Change]) -> list[Chapter]:
    """The changes by chapter, in the document's order."""
    effects = {
        Effect.EASES: _("减轻负担"), Effect.BURDENS: _("增加要求"), Effect.ALTERS: _("要求有变化"), Effect.NEITHER: "",
    }  # fmt: skip
    return [
        Chapter(title, [ChangeFace(each, *_words_of(each), effects[each.effect]) for each in found])
        for title, found in groupby(changes, key=lambda change: change.group)
    ]


def story(passages: Iterable[Passage]) -> list[dict[str, Any]]:
    """For a timeline."""
    return [
        {
            "at": each.at,
            "title": _title(each),
            "text": each.reason,
            "by": _("，").join(part for part in (each.office, each.post, each.name) if part),
            "tone": STEP_TONES.get(PassageKind(each.kind), "neutral"),
        }
        for each in passages
    ]


def sentence(found: Impact, edition: Edition) -> str:
    """What release means for open cases, in one sentence; on its way through the offices all is chosen already."""
    if not found.total:
        return _("现在没有在办的办件，发布后只影响新的申请。")
    parts = [_("%(n)s 件不受影响") % {"n": found.untouched}]
    if found.keeps:
        parts.append(_("%(n)s 件继续适用原来的版本") % {"n": found.keeps})
    if found.decide:
        asked = _("%(n)s 件需要您决定") if edition.state == EditionState.DRAFT else _("%(n)s 件按送审时的选择办理")
        parts.append(asked % {"n": found.decide})
    told = _("，").join(parts)
    return _("在办 %(total)s 件：%(told)s。") % {"total": found.total, "told": told}


def reach_of(touched: Touched, edition: Edition) -> str:
    """Whom a change reaches, or that it is still to be chosen."""
    chosen = edition.reach.get(touched.change.place)
    if chosen:
        return str(Reach(chosen).label)
    return _("送审时选择") if touched.decide and edition.state == EditionState.DRAFT else str(Reach.NEW.label)


def why_new_only(change: Change) -> str:
    """Why nobody chooses: what is asked in addition, or otherwise, is never asked of an open case."""
    if change.choosable:
        return ""
    return change.new_only or _("新的要求不适用于已经提交的申请")


def new_only(touched: Iterable[Touched]) -> list[str]:
    """What nobody has to choose, and why, in sentences."""
    return [
        _("%(word)s“%(what)s”只适用于新的申请：%(why)s。")
        % {"word": words_of_change(each.change.kind)[0], "what": each.change.called, "why": why_new_only(each.change)}
        for each in touched
        if not each.change.choosable
    ]


def name_of(edition: Edition) -> str:
    """第 3 版; of what was before the city kept it here, its time."""
    if edition.state != EditionState.PAST:
        return _("第 %(n)s 版") % {"n": edition.version}
    if edition.valid_to:
        return _("第 %(n)s 版（至 %(last)s）") % {"n": edition.version, "last": plain_date(edition.valid_to)}
    return _("第 %(n)s 版（日期未确认）") % {"n": edition.version}


def _title(passage: Passage) -> str:
    edition = passage.edition
    kind = str(PassageKind(passage.kind).label)
    return f"{kind}（{name_of(edition)}）" if edition else kind
