"""When a field or a material is asked for: the small language of `show_if`. Rule in words: docs/rules/conditions.md

    field == 'x'    field != 'x'    field in ['x', 'y']    field == true    field == false
    and, or, not and parentheses join them; not binds most, then and, then or.

A parser of its own, never `eval`: editions come from outside.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from .condition_tree import Condition, Differs, Either, Equals, Every, Not, OneOf
from .said import said

__all__ = ["Condition", "ConditionError", "parse"]

DEEPEST = 50
"""No form needs more nesting; a deeper text is an attack on the stack."""

_TOKEN = re.compile(
    r"""\s*(?:
        (?P<text>'(?:[^'\\]|\\['\\])*')
      | (?P<sign>==|!=|[\[\](),])
      | (?P<word>[^\W\d][\w.]*)
    )""",
    re.VERBOSE,
)
_ESCAPED = re.compile(r"\\(['\\])")
_RESERVED = frozenset({"and", "or", "not", "in", "true", "false"})


class ConditionError(ValueError):
    """A text that is no condition. position: 1 for the first character; sentence: Chinese."""

    def __init__(self, position: int, why: str) -> None:
        self.position = position
        self.sentence = said("条件第{position}个字符处有误：{why}。", position=position, why=said(why))
        super().__init__(self.sentence)


class _Token(NamedTuple):
    kind: str
    text: str
    position: int


def parse(text: str) -> Condition:
    """The condition a text stands for. Raises ConditionError with the position of what is wrong."""
    return _Parser(_tokens(text)).whole()


def _tokens(text: str) -> list[_Token]:
    tokens, at = [], 0
    while text[at:].strip():
        found = _TOKEN.match(text, at)
        if found is None:
            at += len(text[at:]) - len(text[at:].lstrip())
            unfinished = text[at] == "'"
            raise ConditionError(
                at + 1, said("引号没有结束") if unfinished else said("无法识别“{sign}”", sign=text[at])
            )
        kind = found.lastgroup or ""
        tokens.append(_Token(kind, found.group(kind), found.start(kind) + 1))
        at = found.end()
    return [*tokens, _Token("end", "", len(text) + 1)]


class _Parser:
    """Recursive descent, one method a rule of the grammar."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens, self._at, self._depth = tokens, 0, 0

    def whole(self) -> Condition:
        """A condition and nothing after it."""
        condition = self._either()
        if self._now.kind != "end":
            raise ConditionError(self._now.position, said("多余的内容“{text}”", text=self._now.text))
        return condition

    @property
    def _now(self) -> _Token:
        return self._tokens[self._at]

    def _take(self) -> _Token:
        token = self._now
        self._at += 1
        return token

    def _accept(self, *texts: str) -> bool:
        if self._now.kind == "text" or self._now.text not in texts:
            return False
        self._at += 1
        return True

    def _expect(self, text: str) -> None:
        if not self._accept(text):
            raise ConditionError(self._now.position, said("此处应为“{text}”", text=text))

    def _either(self) -> Condition:
        parts = [self._every()]
        while self._accept("or"):
            parts.append(self._every())
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def _every(self) -> Condition:
        parts = [self._negated()]
        while self._accept("and"):
            parts.append(self._negated())
        return parts[0] if len(parts) == 1 else Every(tuple(parts))

    def _negated(self) -> Condition:
        self._depth += 1
        if self._depth > DEEPEST:
            raise ConditionError(self._now.position, "嵌套过深")
        found = Not(self._negated()) if self._accept("not") else self._single()
        self._depth -= 1
        return found

    def _single(self) -> Condition:
        if self._accept("("):
            inner = self._either()
            self._expect(")")
            return inner
        return self._comparison(self._field())

    def _field(self) -> str:
        token = self._take()
        if token.kind != "word" or token.text in _RESERVED:
            raise ConditionError(token.position, "此处应为字段名")
        return token.text

    def _comparison(self, field: str) -> Condition:
        if self._accept("=="):
            return Equals(field, self._value())
        if self._accept("!="):
            return Differs(field, self._value())
        if self._accept("in"):
            return OneOf(field, self._values())
        raise ConditionError(self._now.position, "此处应为 ==、!= 或 in")

    def _values(self) -> tuple[str | bool, ...]:
        self._expect("[")
        values = [self._value()]
        while self._accept(","):
            values.append(self._value())
        self._expect("]")
        return tuple(values)

    def _value(self) -> str | bool:
        token = self._take()
        if token.kind == "text":
            return _ESCAPED.sub(r"\1", token.text[1:-1])
        if token.kind == "word" and token.text in ("true", "false"):
            return token.text == "true"
        raise ConditionError(token.position, "此处应为带单引号的文字、true 或 false")
