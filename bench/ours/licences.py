"""Licences to be checked, and how many checks a second one process does."""

from __future__ import annotations

import random
import time
from typing import Any

from bench.figures import latencies
from yimen.city.queries import agencies
from yimen.identity import commands as identity
from yimen.identity import queries as people
from yimen.identity.choices import Document
from yimen.kit.actor import Actor
from yimen.kit.time import now
from yimen.vault import commands, queries
from yimen.vault.models import Licence

SYSTEM = Actor.system()
DIFFERENT = 7  # kinds, agencies and holders are mixed by steps that share no factor


def licences(count: int) -> list[str]:
    """Take in so many licences of the demonstration's people and firm; gives the codes printed on them."""
    held = [person for name in ("citizen", "owner") if (person := people.account(name).subject) is not None]
    firm = people.find_subject(Document.USCC, _firm_code())
    holders = [*held, *([firm] if firm else [])]
    kinds, offices, at = list(queries.kinds().values()), list(agencies()[:30]), now()
    made = []
    for turn in range(count):
        holder, kind = holders[turn % len(holders)], kinds[turn * DIFFERENT % len(kinds)]
        facts = {key: f"内容 {turn} {key}" for key in kind.key_fields}
        one = commands.take_in(
            kind, holder=holder, fields=facts, agency=offices[turn % len(offices)], number=f"N{turn:08d}",
            by=SYSTEM, at=at,
        )  # fmt: skip
        made.append(one.token)
    return made


def checks(tokens: list[str], seconds: float, seed: int) -> dict[str, Any]:
    """Check codes at random for so long: each reads its licence, its freeze and its key, opens what is sealed, and

    compares content and signature; the first time a content is met, with the curve.
    """
    chosen, taken = random.Random(seed), []
    until = time.perf_counter() + seconds
    while (begun := time.perf_counter()) < until:
        found = queries.by_token(chosen.choice(tokens))
        if found is None or not queries.check(found, now()).valid:
            raise RuntimeError("a licence of the bench is not valid")
        taken.append(time.perf_counter() - begun)
    return {"per_s": len(taken) / sum(taken), **latencies(taken)}


def signatures(tokens: list[str]) -> dict[str, float]:
    """The same without remembering: what the curve costs."""
    from yimen.vault.queries.seals import _fits

    rows = [found for token in tokens if (found := queries.by_token(token)) is not None]
    begun = time.perf_counter()
    for licence in rows:
        _fits.cache_clear()
        queries.seal_of(licence)
    return {"per_s": len(rows) / (time.perf_counter() - begun)}


def machine() -> str:
    """A token of an account that checks in numbers."""
    user = people.account("clerk")
    return identity.make_token(user, by=SYSTEM, at=now())


def presented(count: int) -> dict[str, float]:
    """Codes shown and taken, one after the other: two commands each, with their entries in the ledger."""
    citizen = people.account("citizen")
    by, at = people.actor_for(citizen, now()), now()
    row = Licence.objects.filter(holder=citizen.subject_id, state="signed").first()
    licence = queries.own_licence(row.pk) if row else None
    if licence is None:
        raise RuntimeError("the demonstration's citizen holds nothing")
    begun = time.perf_counter()
    for turn in range(count):
        shown = queries.shown_code(commands.present(licence, by=by, at=at).code)
        if shown is None:
            raise RuntimeError("a code that was shown is not known")
        told = queries.check(queries.behind(shown), at).standing
        commands.take(shown, checker=f"checker {turn}", told=told, by=Actor(), at=at)
    return {"per_s": count / (time.perf_counter() - begun)}


def _firm_code() -> str:
    from yimen.demo.choices import FIRM_CODE

    return FIRM_CODE
