"""What ninja's schema doesn't tell: the problems of each operation, and the key that makes a POST repeatable."""

from __future__ import annotations

from typing import Any

from yimen.kit.idempotency import HEADER
from yimen.kit.telling import translated
from yimen.law.said import said

SPOKEN = {"summary", "description", "title", "tags"}

PROBLEM = {
    "type": "object",
    "title": "Problem",
    "description": (
        "RFC 9457。code 稳定不变，供程序判断；detail 是给人看的说明，默认中文，Accept-Language: en 时为英文。"
    ),
    "required": ["type", "title", "status", "detail", "code"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "code", "message"],
                "properties": {name: {"type": "string"} for name in ("field", "code", "message")},
            },
        },
        "missing": {"type": "array", "items": {"type": "object"}},
    },
}
MEANINGS = {
    "400": said("请求内容无法解析"),
    "401": said("没有登录，或者访问令牌无效"),
    "403": said("没有权限"),
    "404": said("没有找到"),
    "406": said("请求头 Accept 要求的类型不能提供"),
    "409": said("法律、状态或者先后次序不允许"),
    "413": said("请求内容过大"),
    "415": said("请求内容的类型不对"),
    "422": said("填写的内容有误（errors 逐项说明）"),
    "429": said("过于频繁"),
    "500": said("系统故障，没有留下一半的结果"),
}
KEY = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "description": "同一个值和同样的内容重复提交，只办一次，得到同样的回答。",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[\\x21-\\x7e]+$"},
}


def told(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema with its problems. ninja gives one dict for several methods of one operation: each is done once."""
    document = {**schema, "components": {**schema["components"]}}
    schemas = document["components"]["schemas"] = {**document["components"]["schemas"], "Problem": PROBLEM}
    for methods in document["paths"].values():
        for method, operation in methods.items():
            _tell(method, operation)
    document["components"]["schemas"] = dict(sorted(schemas.items()))
    return document


def spoken(part: Any, name: str = "") -> Any:
    """A document, or a part of it, with what people read in the language of the request."""
    if isinstance(part, dict):
        return {key: spoken(value, key) for key, value in part.items()}
    if isinstance(part, list):
        return [spoken(each, name) for each in part]
    return translated(part) if name in SPOKEN else part


def _tell(method: str, operation: dict[str, Any]) -> None:
    answer = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    responses = {str(status): response for status, response in operation["responses"].items()}
    for status, words in MEANINGS.items():
        if status not in responses:
            responses[status] = {"description": words, "content": answer}
    operation["responses"] = responses
    if method == "post" and not any(each["name"] == HEADER for each in operation["parameters"]):
        operation["parameters"].append(KEY)
