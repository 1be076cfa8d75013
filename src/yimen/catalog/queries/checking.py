"""Is a document fit to be released? Everything that is wrong with it, each with its place and a plain reason."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from yimen.catalog.choices import EditionDocument, PackageDocument
from yimen.catalog.choices.document import contradictions
from yimen.catalog.queries.discretion import discretion_problems
from yimen.catalog.queries.lenient import lenient
from yimen.catalog.queries.problems import Problem
from yimen.law.conditions import ConditionError, parse
from yimen.law.said import said, several
from yimen.law.terms import amount_in_words
from yimen.sheets.choices import Kind
from yimen.sheets.queries import unfit_rules
from yimen.vault.queries import kinds

__all__ = ["WHOLE", "Problem", "check", "check_package", "typed"]

D = TypeVar("D", bound=BaseModel)

WHOLE = "（整个文件）"
SELF_KNOWN = ("person", "org")
UNKNOWN_FIELD = said("条件引用了不存在的字段：{fields}")
FIELD_OF_FORM = re.compile(r"form_fields(\[\d+\](\.(name|type))?)?$")


def check(raw: Any) -> tuple[EditionDocument | None, list[Problem]]:
    """The typed document, or None and everything that is wrong with the raw one."""
    document, problems = typed(EditionDocument, raw)
    if document is None:
        return None, _all_told(raw, problems) if isinstance(raw, Mapping) else problems
    problems = list(_inconsistencies(document))
    return (None if problems else document), problems


def _all_told(raw: Mapping[str, Any], known: list[Problem]) -> list[Problem]:
    """Also what doesn't fit together in the part that can be read: nobody mends one fault to be told of the next.

    Where a field of the form can't be read, nobody knows what is said of it elsewhere.
    """
    further = list(_inconsistencies(lenient(raw)))
    placed = {each.reason for each in further}
    told = [each for each in known if each.field != WHOLE or each.reason not in placed]
    wrong = {each.field for each in told}
    formless = any(FIELD_OF_FORM.match(place) for place in wrong)
    for problem in further:
        inside = any(problem.field[:end] in wrong for end in range(len(problem.field) + 1))
        speaks_of_form = getattr(problem.reason, "template", "") == UNKNOWN_FIELD or problem.field.startswith("manual.")
        if not inside and not (formless and speaks_of_form):
            told.append(problem)
    return told


def check_package(raw: Any, slugs: Collection[str]) -> tuple[PackageDocument | None, list[Problem]]:
    """The same for a package; slugs: the items it may refer to."""
    document, problems = typed(PackageDocument, raw)
    if document is None:
        return None, problems
    names = {question.name for question in document.questions}
    for place, member in enumerate(document.items):
        if member.slug not in slugs:
            problems.append(Problem(f"items[{place}].slug", said("没有事项“{slug}”", slug=member.slug)))
        problems += _condition(f"items[{place}].when", member.when, names)
    return (None if problems else document), problems


def typed(model: type[D], raw: Any) -> tuple[D | None, list[Problem]]:
    """A document of a model, or its problems in Chinese."""
    try:
        return model.model_validate(raw), []
    except ValidationError as wrong:
        return None, [Problem(_place(error["loc"]), _reason(error)) for error in _causes(wrong)]


def _causes(wrong: ValidationError) -> list[Any]:
    """A list whose only member is wrong is not too short: pydantic says both."""
    errors = wrong.errors(include_url=False)
    return [
        each
        for each in errors
        if each["type"] != "too_short" or not any(_is_inside(other["loc"], each["loc"]) for other in errors)
    ]


def _is_inside(inner: tuple[int | str, ...], outer: tuple[int | str, ...]) -> bool:
    return len(inner) > len(outer) and inner[: len(outer)] == outer


def _inconsistencies(document: EditionDocument) -> Iterator[Problem]:
    yield from (Problem(place, reason) for place, reason in contradictions(document))
    known = kinds()
    names = {field.name for field in document.form_fields}
    for place, field in enumerate(document.form_fields):
        yield from _condition(f"form_fields[{place}].show_if", field.show_if, names)
        yield from _prefill(f"form_fields[{place}].prefill", field.prefill, known)
        if field.columns and field.type is not Kind.TABLE:
            yield Problem(f"form_fields[{place}].columns", said("只有表格（table）才有列"))
    for place, material in enumerate(document.materials):
        yield from _condition(f"materials[{place}].show_if", material.show_if, names)
        yield from _licence(f"materials[{place}].licence_type", material.licence_type, known)
    for place, result in enumerate(document.results):
        yield from _licence(f"results[{place}].licence_type", result.licence_type, known)
    yield from _limits(document)
    tables = [table.name for table in document.manual.discretion]
    for place, name in enumerate(tables):
        if name in tables[:place]:
            yield Problem(f"manual.discretion[{place}].name", said("裁量标准“{name}”重复", name=name))
    yield from discretion_problems(document)
    yield from (
        Problem(f"form_rules[{place}]", said("规则无法判断：{why}", why=why)) for place, why in unfit_rules(document)
    )


def _limits(document: EditionDocument) -> Iterator[Problem]:
    statutory, promised = document.limits
    if statutory and promised and statutory.unit is promised.unit and promised.amount > statutory.amount:
        mine, longest = (amount_in_words(each.amount, each.unit) for each in (promised, statutory))
        reason = said("承诺时限 {promised} 长于法定时限 {statutory}", promised=mine, statutory=longest)
        yield Problem("promised_days", reason)


def _condition(field: str, text: str | None, names: Collection[str]) -> list[Problem]:
    if not text:
        return []
    try:
        unknown = parse(text).fields - set(names)
    except ConditionError as wrong:
        return [Problem(field, wrong.sentence)]
    return [Problem(field, said(UNKNOWN_FIELD, fields=several(sorted(unknown))))] if unknown else []


def _prefill(field: str, path: str | None, known: Mapping[str, Any]) -> list[Problem]:
    if not path:
        return []
    prefix, _, key = path.partition(".")
    if prefix in SELF_KNOWN and key:
        return []
    kind, _, name = key.partition(".")
    if prefix != "licence" or not name:
        return [Problem(field, said("“{path}”应以 person.、org. 或 licence.<证照类型>. 开头", path=path))]
    if kind not in known:
        return [Problem(field, said("没有证照类型“{code}”", code=kind))]
    if name not in known[kind].key_fields:
        return [Problem(field, said("证照“{kind}”没有字段“{name}”", kind=known[kind].name, name=name))]
    return []


def _licence(field: str, code: str | None, known: Mapping[str, Any]) -> list[Problem]:
    return [Problem(field, said("没有证照类型“{code}”", code=code))] if code and code not in known else []


def _place(loc: tuple[int | str, ...]) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc).lstrip(".") or WHOLE


UNFIT = said("不符合要求")
_REASONS = {
    "finite_number": said("应为有限的数字"),
    "date_from_datetime_parsing": said("应为日期，例如 2026-03-02"),
    "date_parsing": said("应为日期，例如 2026-03-02"),
    "date_type": said("应为日期，例如 2026-03-02"),
    "int_parsing_size": said("数字过大"),
    "string_unicode": said("含有不能使用的字符"),
    "union_tag_invalid": said("不认识的类型"),
    "none_required": said("应为 null"),
    "model_attributes_type": said("应为对象（{shape}）"),
    "greater_than": said("应大于 {gt}"),
    "less_than": said("应小于 {lt}"),
    "too_long": said("最多 {max_length} 项"),
    "missing": said("缺少这个字段"),
    "extra_forbidden": said("不认识的字段"),
    "string_type": said("应为文字"),
    "string_too_short": said("不能为空"),
    "string_too_long": said("文字过长，最多 {max_length} 字"),
    "int_type": said("应为整数"),
    "int_parsing": said("应为整数"),
    "int_from_float": said("应为整数"),
    "float_type": said("应为数字"),
    "float_parsing": said("应为数字"),
    "bool_type": said("应为 true 或 false"),
    "bool_parsing": said("应为 true 或 false"),
    "tuple_type": said("应为列表"),
    "list_type": said("应为列表"),
    "too_short": said("至少要有 {min_length} 项"),
    "model_type": said("应为对象（{shape}）"),
    "dict_type": said("应为对象（{shape}）"),
    "greater_than_equal": said("不能小于 {ge}"),
    "less_than_equal": said("不能大于 {le}"),
    "string_pattern_mismatch": said("格式不对，应符合 {pattern}"),
}


def _reason(error: Mapping[str, Any]) -> str:
    kind, facts = error["type"], error.get("ctx") or {}
    if kind in ("literal_error", "enum"):
        expected = several(re.findall(r"'([^']*)'", str(facts.get("expected", ""))))
        return said("只能是 {expected}，现在是“{now}”", expected=expected, now=str(error["input"])[:40])
    if kind == "value_error":
        return _sentence(facts.get("error"), error["msg"])
    return said(_REASONS.get(kind, UNFIT), shape="{…}", **facts)


def _sentence(wrong: Any, otherwise: str) -> str:
    """What a validator of ours says: the sentence as it was made, which its text alone would not be."""
    return next((each for each in getattr(wrong, "args", ()) if isinstance(each, str)), otherwise)
