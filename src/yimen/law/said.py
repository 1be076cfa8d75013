"""What is said to people: a Chinese sentence that remembers how it was put together.

The law speaks Chinese and knows no other language. A door that answers in another one needs the sentence before its
facts were filled in; so what is said is a plain text for everybody (records, papers, tests), and keeps beside it the
template and the facts. Decision: docs/decisions/0026-sentences-remember-their-template.md
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

AND = "、"


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


def _made(
    text: str, *, template: str = "", facts: Mapping[str, object] | None = None, parts: tuple[object, ...] = (),
    joint: str = AND,
) -> Said:  # fmt: skip
    made = Said(text)
    made.template, made.facts, made.parts, made.joint = template, facts or {}, parts, joint
    return made
