from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from datetime import datetime

    from yimen.cases.models import Case
    from yimen.kit.errors import Refusal


class CasesConfig(AppConfig):
    name = "yimen.cases"
    label = "cases"

    def ready(self) -> None:
        """Hear submissions; say what is open, who may read papers and use licences; replay; offer the desk's pages."""
        from yimen.applications.ports import plug_opening
        from yimen.cases import reactions  # noqa: F401
        from yimen.cases.access import may_read_papers
        from yimen.cases.queries import opening, replay
        from yimen.cases.queries.open_matters import open_matters
        from yimen.cases.queries.using import matter
        from yimen.catalog.ports import plug_matters
        from yimen.ledger.ports import plug_replayer
        from yimen.papers.ports import plug_reader
        from yimen.vault.ports import plug_desk

        plug_opening(opening)
        plug_matters(open_matters)
        plug_replayer(replay)
        plug_reader(may_read_papers)
        plug_desk(matter)
        _offer_desk()


def _offer_desk() -> None:
    from django.urls import reverse
    from django.utils.translation import gettext_lazy as _

    from yimen.cases.access import REVOKE
    from yimen.cases.ports import Tab, VerbPage, hindrance, plug_caution, plug_page, plug_tab
    from yimen.cases.queries import owing
    from yimen.cases.queries.committing import CHECKING
    from yimen.cases.queries.previews import unextendable
    from yimen.cases.queries.work import DESK
    from yimen.law.states import Verb
    from yimen.ui.ports import Entry, offer_entry, offer_place

    offer_place("desk", "cases:worklist")
    offer_place("desk_search", "cases:worklist")
    offer_entry(Entry("worklist", _("办件"), "cases:worklist", "inbox", DESK, 10))
    plug_caution(owing.cautions)
    plug_tab(Tab("promises", _("容缺待补"), lambda: reverse("cases:promises"), CHECKING, owing.count, 7))
    offer_entry(Entry("commitments", _("承诺核查"), "cases:commitments", "clipboard-check", CHECKING, 18))
    for verb, key, variant, icon in (
        (Verb.ACCEPT, "a", "primary", "check"),
        (Verb.ASK_SUPPLEMENT, "b", "secondary", "file-plus"),
        (Verb.REFUSE, "r", "secondary", "circle-x"),
        (Verb.NOT_NEEDED, "n", "secondary", "circle-minus"),
        (Verb.PAUSE, "p", "secondary", "player-pause"),
        (Verb.RESUME, "u", "primary", "player-play"),
        (Verb.FORWARD, "f", "secondary", "share-3"),
        (Verb.RETURN, "t", "secondary", "arrow-back-up"),
        (Verb.WITHDRAW, "w", "quiet", "arrow-back-up"),
        (REVOKE, "", "quiet", "gavel"),
        (Verb.VOID, "v", "quiet", "ban"),
    ):
        plug_page(verb, VerbPage(f"cases:{verb}", key, variant, icon))

    def undecidable(case: Case, at: datetime) -> Refusal | None:
        return hindrance(case, "grant") and hindrance(case, "deny")

    plug_page(Verb.EXTEND, VerbPage(f"cases:{Verb.EXTEND}", "e", "secondary", "calendar-plus", unextendable))
    plug_page(Verb.DECIDE, VerbPage(f"cases:{Verb.DECIDE}", "d", "primary", "gavel", undecidable))
