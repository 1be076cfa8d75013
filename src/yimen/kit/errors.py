"""Expected refusals: a stable code for programs and a sentence for people.

A refusal class stands beside the verb that raises it. The unexpected is not caught: it crashes loudly.
"""

from __future__ import annotations

from typing import Any

from yimen.law.said import said


class Refusal(Exception):
    """An answer of "no" that a citizen can understand.

    code: stable, snake_case. sentence: Chinese, may hold {names} filled from the keyword arguments.
    status: the HTTP status a door answers with. detail: the sentence filled in, Chinese, as records keep it; whoever
    shows it to people passes it through `kit.telling.translated` (templates: the filter `translated`).
    """

    code = "refused"
    sentence = "当前操作无法办理。"
    status = 409

    def __init__(self, sentence: str | None = None, **facts: Any) -> None:
        self.facts = facts
        self.detail = said(sentence or self.sentence, **facts)
        super().__init__(self.detail)


class Forbidden(Refusal):
    code = "forbidden"
    sentence = "您没有办理此操作的权限。"
    status = 403


class SignInNeeded(Refusal):
    code = "sign_in_needed"
    sentence = "请先登录。"
    status = 401


class NotFound(Refusal):
    code = "not_found"
    sentence = "没有找到您要的内容，请核对后重试。"
    status = 404


class Invalid(Refusal):
    """What was filled in does not hold; errors: list of {field, code, message}."""

    code = "invalid"
    sentence = "填写的内容有误，请按提示修改。"
    status = 422

    def __init__(self, errors: list[dict[str, str]] | None = None, sentence: str | None = None, **facts: Any) -> None:
        self.errors = errors or []
        super().__init__(sentence, **facts)


class Stale(Refusal):
    code = "stale"
    sentence = "这件事刚刚被别人处理过，页面内容已更新，请查看后再操作。"


class TooOften(Refusal):
    code = "too_often"
    sentence = "操作过于频繁，请稍后再试。"
    status = 429
