"""Every sentence that a door may have to say in English has its English, with the same facts in it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from django.utils import translation
from django.utils.translation import gettext

from tools import messages
from yimen.kit.errors import Refusal

HAN = re.compile(r"[\u4e00-\u9fff]")
NO_PARAMETERS = re.compile(r"\{…\}")


def refusals(base: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    yield base
    for each in base.__subclasses__():
        yield from refusals(each)


ALL = sorted({each for each in refusals() if each.__module__.startswith("yimen.")}, key=lambda each: each.__qualname__)


def facts(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(NO_PARAMETERS.sub("", template)) if name}


@pytest.mark.parametrize("refusal", ALL, ids=lambda each: f"{each.__module__}.{each.__qualname__}")
def test_a_refusal_has_its_english_with_the_same_facts(refusal: type[Refusal]) -> None:
    with translation.override("en"):
        english = gettext(refusal.sentence)

    assert not HAN.search(english)
    assert facts(english) == facts(refusal.sentence)


def test_there_are_refusals_to_look_at() -> None:
    assert len(ALL) > 120


@pytest.mark.parametrize("room", sorted(messages.rooms()))
def test_a_room_fills_in_the_same_facts_in_english(room: str) -> None:
    po = messages.HOUSE / room / messages.CATALOGUE
    held = messages.read(po)[0] if po.exists() else {}
    unlike = [key for key, texts in held.items() for text in texts if key and "%(" not in key and braces(key, text)]

    assert unlike == []


def braces(key: str, text: str) -> bool:
    return bool(text) and re.search(r"\{\w", key + text) is not None and facts(key) != facts(text)


def filled_in_too_early(module: Path) -> Iterator[str]:
    """f-strings with Chinese where a sentence is given to somebody who may have to translate it."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        for held in messages.spoken(node):
            if any(isinstance(each, ast.JoinedStr) and HAN.search(ast.unparse(each)) for each in ast.walk(held)):
                yield f"{module.relative_to(messages.HOUSE)}:{held.lineno} {ast.unparse(held)[:60]}"


KEPT_AS_TEXT = (
    # What an upload, a document or a word list has against it is kept with it, in Chinese.
    "catalog/choices/", "catalog/queries/", "catalog/commands/loading.py", "catalog/commands/uploading/",
    "catalog/management/", "demo/", "migrations/",
)  # fmt: skip


def test_no_sentence_is_filled_in_before_a_door_could_translate_it() -> None:
    modules = [each for each in messages.HOUSE.rglob("*.py") if not any(part in str(each) for part in KEPT_AS_TEXT)]

    assert [found for module in sorted(modules) for found in filled_in_too_early(module)] == []


def test_one_that_is_filled_in_too_early_would_be_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "HOUSE", tmp_path)
    module = tmp_path / "commands.py"
    module.write_text('errors = [{"field": "a", "message": f"没有{name}"}]\nraise Refusal(f"{a}不行")\n')

    assert len(list(filled_in_too_early(module))) == 2


def test_the_tool_finds_what_is_said(tmp_path: Path) -> None:
    (tmp_path / "commands.py").write_text(
        'class No(Refusal):\n    sentence = "一"\n'
        'raise No("二", name=name)\n'
        'errors = [{"field": "a", "message": "三"}]\n'
        'return Objection("code", "四" if given else "五", "六")\n'
        'said("{a}：{b}", a=a, b=b)\n'
        '@router.get("/me", summary="七")\ndef get_me(request):\n    """八"""\n'
        'plain = {"kind": "九"}\n'
    )

    assert set(messages.used(tmp_path)) == {"一", "二", "三", "四", "五", "六", "{a}：{b}", "七", "八"}
