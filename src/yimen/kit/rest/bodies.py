"""Reading what was sent: only JSON that can be stored, or a problem that names the place."""

from __future__ import annotations

import json
import math
from typing import Any, NoReturn, TypeVar

from django.http import HttpRequest
from ninja.parser import Parser
from pydantic import BaseModel, ValidationError

from yimen.kit.errors import Invalid
from yimen.kit.rest.refusals import MalformedBody
from yimen.kit.rest.wrongs import all_in_chinese

# No form is nested like this; what is would exhaust whoever walks through it later.
DEEPEST = 50

M = TypeVar("M", bound=BaseModel)


class StrictParser(Parser):
    """JSON as the standard and PostgreSQL know it: no NaN, no NUL, no lone surrogates."""

    def parse_body(self, request: HttpRequest) -> Any:
        return read_json(request.body)


def read_json(body: bytes) -> Any:
    """Raises ValueError, RecursionError."""
    value = json.loads(body, parse_constant=_refuse, parse_float=_finite)
    _require_storable(value)
    return value


def body_of(request: HttpRequest, model: type[M]) -> M:
    """A JSON body, for operations that take other kinds of bodies too. Raises MalformedBody, Invalid."""
    try:
        raw = read_json(request.body) if request.body else {}
    except (ValueError, RecursionError) as wrong:
        raise MalformedBody from wrong
    return checked(model, raw)


def form_of(request: HttpRequest, model: type[M]) -> M:
    """The fields of a form, beside its files. Raises MalformedBody, Invalid."""
    fields = request.POST.dict()
    try:
        _require_storable(fields)
    except ValueError as wrong:
        raise MalformedBody from wrong
    return checked(model, fields)


def checked(model: type[M], raw: Any) -> M:
    """Raises Invalid."""
    try:
        return model.model_validate(raw)
    except ValidationError as wrong:
        raise Invalid(all_in_chinese((dict(each), each["loc"]) for each in wrong.errors(include_url=False))) from wrong


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


def _require_storable(value: Any, depth: int = 0) -> None:
    if depth > DEEPEST:
        raise ValueError("nested too deep")
    if isinstance(value, str):
        value.encode()
        if "\0" in value:
            raise ValueError("NUL")
    elif isinstance(value, dict):
        for key, each in value.items():
            _require_storable(key)
            _require_storable(each, depth + 1)
    elif isinstance(value, list):
        for each in value:
            _require_storable(each, depth + 1)
