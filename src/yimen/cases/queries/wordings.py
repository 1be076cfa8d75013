"""The edition's manual beside what staff write: standard words for a paper, what discretion proposes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from yimen.catalog.queries.discretion import Proposal, proposals
from yimen.catalog.queries.manual import wordings
from yimen.law.states import Verb

if TYPE_CHECKING:
    from yimen.cases.models import Case

PAPERS: dict[str, tuple[str, ...]] = {
    Verb.ASK_SUPPLEMENT: ("补正",),
    Verb.REFUSE: ("不予受理",),
    Verb.NOT_NEEDED: ("不予受理",),
    Verb.PAUSE: ("特别程序",),
    Verb.EXTEND: ("延长",),
    Verb.DECIDE: ("准予", "不予"),
}


@dataclass(frozen=True)
class Offer:
    """Words that can be put into a field of the form. kind: of the paper, or of what the words are."""

    kind: str
    title: str
    text: str
    field: str


def offers(verb: str, case: Case) -> list[Offer]:
    """What the page of a verb offers to insert, standard words first."""
    document = case.edition.doc
    papers = PAPERS.get(verb, ())
    standard = [each for paper in papers for each in wordings(document, paper)]
    found = [Offer(each.paper, each.title, each.text, "reason") for each in standard]
    if verb == Verb.DECIDE:
        found += [
            Offer(_("裁量"), each.table, written(each), "discretion") for each in discretion(case) if each.outcome
        ]
    return found


def supplement_words(case: Case, longest: int) -> list[str]:
    """The standard words of a supplement notice that fit into a line."""
    return [each.text for each in wordings(case.edition.doc, "补正") if len(each.text) <= longest]


def discretion(case: Case) -> list[Proposal]:
    """What the edition's tables propose for this case's answers."""
    return proposals(case.edition.doc, case.application.answers)


def written(each: Proposal) -> str:
    """A proposal as it is written into a decision."""
    basis = _("依据%(basis)s，") % {"basis": each.basis} if each.basis else ""
    return _("%(basis)s适用“%(table)s”第 %(row)s 档：%(outcome)s，理由：%(grounds)s。") % {
        "basis": basis,
        "table": each.table,
        "row": each.row,
        "outcome": each.outcome,
        "grounds": each.grounds.rstrip("。；"),
    }


def manual_url(case: Case) -> str:
    """The manual of the edition that the case was filed under."""
    return reverse("catalog:edition_manual", args=[case.edition.item.slug, case.edition.version])
