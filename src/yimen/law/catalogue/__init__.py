"""Rules that keep the catalogue honest: pure checks of an edition, of all editions together, of a lower against an

upper edition. Rules in words: docs/rules/catalogue.md

    findings(document, provided=…, severities=…)   what is wrong with one edition
    loops(documents, severities=…)                 proofs that need one another, across items
    deviations(upper, lower)                       what a lower edition changes without being allowed to
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import chain

from . import agents, audience, forms, limits, manners, materials, places, process, wording
from .delegation import deviations
from .finding import Finding, Hit, Severity
from .forms import Element
from .loops import Asked, Desk, desk, found_loops, loops
from .registry import GROUPS, RULES, BadTable, Rule, weighed, weights
from .shapes import Edition
from .wording import STANDARD, BadWording, WordList

__all__ = [
    "GROUPS",
    "RULES",
    "STANDARD",
    "Asked",
    "BadTable",
    "BadWording",
    "Desk",
    "Edition",
    "Element",
    "Finding",
    "Hit",
    "Rule",
    "Severity",
    "WordList",
    "desk",
    "deviations",
    "findings",
    "found_loops",
    "loops",
    "weights",
]


def findings(
    document: Edition,
    *,
    provided: Mapping[str, str] | None = None,
    severities: Mapping[str, Severity] | None = None,
    approvals: Collection[str] | None = None,
    words: WordList = STANDARD,
    library: Mapping[str, Element] | None = None,
) -> list[Finding]:
    """What is wrong with one edition, errors (it can't be released) first.

    provided: what the city has already, code or name → what gives it in words (a licence kind, a data service);
    severities: the city's table, from `weights`; approvals: which of `staffing`, `legal` agreed, None: not
    asked; words: the words that say nothing; library: the field library (数据元), None: not looked at.
    """
    parts = (
        limits.hits(document),
        manners.hits(document),
        places.hits(document),
        audience.hits(document),
        process.hits(document, approvals),
        wording.hits(document, words),
        materials.hits(document, provided or {}),
        agents.hits(document),
        forms.hits(document, library) if library is not None else (),
    )
    return weighed(chain.from_iterable(parts), severities or {}, document.slug)
