"""The schema prepared for a page: chapters of operations, each with what goes in, what comes out, and an example."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from yimen.kit.errors import Refusal
from yimen.kit.telling import translated

JSON = "application/json"
DEEPEST = 6


def chapters(document: Mapping[str, Any], base: str) -> list[dict[str, Any]]:
    """Operations by their first tag, in the order of the schema."""
    found: dict[str, list[dict[str, Any]]] = {}
    for address, methods in document["paths"].items():
        for method, operation in methods.items():
            found.setdefault(operation["tags"][0], []).append(_operation(document, base + address, method, operation))
    return [{"name": name, "operations": operations} for name, operations in found.items()]


def codes() -> list[dict[str, Any]]:
    """Every stable code with its status and sentence, by code."""
    known = {each.code: each for each in _refusals(Refusal)}
    return [
        {"code": code, "status": known[code].status, "sentence": translated(known[code].sentence)}
        for code in sorted(known)
    ]


def _refusals(base: type[Refusal]) -> Iterator[type[Refusal]]:
    for each in base.__subclasses__():
        yield each
        yield from _refusals(each)


def _operation(document: Mapping[str, Any], address: str, method: str, operation: Mapping[str, Any]) -> dict[str, Any]:
    content = operation.get("requestBody", {}).get("content", {})
    body = _example(document, content[JSON]["schema"]) if JSON in content else None
    return {
        "id": operation["operationId"],
        "method": method.upper(),
        "address": address.partition("/api/")[1] + address.partition("/api/")[2],
        "summary": operation["summary"],
        "description": operation.get("description", ""),
        "open": "security" not in operation,
        "parameters": [_parameter(document, each) for each in operation["parameters"]],
        "body": _pretty(body) if body is not None else "",
        "form": "multipart/form-data" in content,
        "responses": [_response(document, status, each) for status, each in operation["responses"].items()],
        "curl": _curl(method.upper(), address, "security" in operation, body),
    }


def _parameter(document: Mapping[str, Any], parameter: Mapping[str, Any]) -> dict[str, Any]:
    places = {"path": _("地址"), "query": _("查询参数"), "header": _("请求头")}
    schema = _resolved(document, parameter["schema"])
    choices: list[Any] = schema.get("enum", [])
    return {
        "name": parameter["name"],
        "place": places.get(parameter["in"], parameter["in"]),
        "required": parameter["required"],
        "choices": [str(each) for each in choices],
        "words": parameter.get("description", ""),
    }


def _resolved(document: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a reference refers to; of several possible shapes the first."""
    if "$ref" in schema:
        found: Mapping[str, Any] = document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]]
        return _resolved(document, found)
    several = schema.get("allOf") or schema.get("anyOf")
    return _resolved(document, several[0]) if several else schema


def _response(document: Mapping[str, Any], status: str, response: Mapping[str, Any]) -> dict[str, Any]:
    schema = response.get("content", {}).get(JSON, {}).get("schema")
    return {
        "status": status,
        "words_and_status": _("回答 %(status)s") % {"status": status},
        "good": status.startswith("2"),
        "example": _pretty(_example(document, schema)) if schema else "",
    }


def _curl(method: str, address: str, closed: bool, body: Any) -> str:
    lines = [f"curl -X {method} {address}"]
    if closed:
        lines.append('-H "Authorization: Bearer $TOKEN"')
    if body is not None:
        lines.append('-H "Content-Type: application/json"')
        lines.append(f"-d '{json.dumps(body, ensure_ascii=False)}'")
    return " \\\n  ".join(lines)


def _pretty(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _example(document: Mapping[str, Any], schema: Mapping[str, Any], depth: int = 0) -> Any:
    """A value of the shape, with the kind of each field in its place."""
    schema = _resolved(document, schema)
    if "enum" in schema or "const" in schema:
        return "|".join(str(each) for each in schema.get("enum", [schema.get("const")]))
    if schema.get("type") == "array":
        return [_example(document, schema.get("items", {}), depth + 1)]
    if schema.get("type") == "object":
        properties = schema.get("properties", {}) if depth < DEEPEST else {}
        return {name: _example(document, each, depth + 1) for name, each in properties.items()}
    return {"integer": 0, "number": 0, "boolean": False}.get(schema.get("type", ""), _word(schema))


def _word(schema: Mapping[str, Any]) -> str:
    return {"date": "2026-03-02", "date-time": "2026-03-02T09:30:00+08:00"}.get(schema.get("format", ""), "…")
