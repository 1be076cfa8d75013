"""A package's questions as fields, online and at the window."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from yimen.catalog.choices import PackageDocument
from yimen.catalog.queries.packaging.resolving import open_questions


def question_fields(document: PackageDocument, answers: Mapping[str, str], *, wrong: bool) -> list[dict[str, Any]]:
    """As the form's template takes them. wrong: say at each that is still open that it is."""
    still = set(open_questions(document, answers)) if wrong else set()
    return [
        {
            "name": question.name,
            "label": question.label,
            "kind": "choice",
            "required": True,
            "choices": list(question.choices),
            "value": answers.get(question.name, ""),
            "hint": question.hint,
            "error": _("请选择一项。") if question.name in still else "",
        }
        for question in document.questions
    ]
