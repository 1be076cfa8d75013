"""What is said to people: a Chinese sentence that remembers how it was put together.

The law speaks Chinese and knows no other language. A door that answers in another one needs the sentence before its
facts were filled in; so what is said is a plain text for everybody (records, papers, tests), and keeps beside it the
template and the facts. Decision: docs/decisions/0026-sentences-remember-their-template.md
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

AND = "、"
YOU = "您"


class Said(str):
    """A Chinese text, filled in, with its template and facts (themselves perhaps `Said`), or with its parts.

    It is told by the template and the facts, or, where template is empty, by the parts with the joint between them.
    """

    template: str
    facts: Mapping[str, object]
    parts: tuple[object, ...]
    joint: str


def said(template: str, /, **facts: object) -> Said:
    """The template (Chinese, a literal: the English catalogue is collected from the calls) with its facts.

    A fact that is a word of ours (a state, a duty, an article) is `said` itself; what people wrote is not.
    """
    if isinstance(template, Said) and not facts:
        return template
    return _made(template.format(**facts) if facts else template, template=str(template), facts=facts)


def several(parts: Iterable[object], joint: str = AND) -> Said:
    """Several things one after the other; joint "" for whole sentences."""
    held = tuple(parts)
    return _made(joint.join(map(str, held)), parts=held, joint=joint)


def about(text: str, who: str) -> str:
    """What was said to somebody ("您的…"), for whoever reads it of them: "申请人的…". What people wrote stays.

    The English of both stands in the catalogue: a house test compares.
    """
    if not isinstance(text, Said):
        return text
    if not text.template:
        return several((_about(part, who) for part in text.parts), text.joint)
    facts = {name: _about(fact, who) for name, fact in text.facts.items()}
    return said(text.template.replace(YOU, who), **facts)


def _about(fact: object, who: str) -> object:
    return about(fact, who) if isinstance(fact, Said) else fact


def packed(text: str) -> Any:
    """As JSON, to be said again by `unpacked`: what is kept can be told in another language later."""
    if not isinstance(text, Said):
        return text
    if not text.template:
        return {"parts": [_packed(part) for part in text.parts], "joint": text.joint}
    return {"said": text.template, **({"facts": _packed_facts(text.facts)} if text.facts else {})}


def unpacked(kept: Any) -> Any:
    """What `packed` kept."""
    if not isinstance(kept, Mapping):
        return kept
    if "parts" in kept:
        return several((unpacked(part) for part in kept["parts"]), kept["joint"])
    return said(kept["said"], **{name: unpacked(fact) for name, fact in kept.get("facts", {}).items()})


def _packed(fact: object) -> object:
    return packed(fact) if isinstance(fact, str) else fact if isinstance(fact, int | float) else str(fact)


def _packed_facts(facts: Mapping[str, object]) -> dict[str, object]:
    return {name: _packed(fact) for name, fact in facts.items()}


def _made(
    text: str, *, template: str = "", facts: Mapping[str, object] | None = None, parts: tuple[object, ...] = (),
    joint: str = AND,
) -> Said:  # fmt: skip
    made = Said(text)
    made.template, made.facts, made.parts, made.joint = template, facts or {}, parts, joint
    return made
