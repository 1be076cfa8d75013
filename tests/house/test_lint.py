"""Our own linter finds what it is there to find, and the house passes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.lint import Finding, findings, sources

WRITES = [
    "Case.objects.create(number=1)",
    "Case.objects.filter(pk=1).update(state='closed')",
    "Case.objects.bulk_create([])",
    "Case.objects.get_or_create(number=1)",
    "case.save(update_fields=['state'])",
    "case.delete()",
    "self.case.save()",
]
NO_WRITES = [
    "request.session.save()",
    "cache.delete('key')",
    "facts.update(number=1)",
    "hashlib.sha256().update(b'')",
    "Case.objects.filter(pk=1)",
]


def lint(tmp_path: Path, module: str, line: str) -> list[Finding]:
    file = tmp_path / "src" / "yimen" / "cases" / module
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{line}\n", "utf-8")
    return list(findings([file], root=tmp_path))


@pytest.mark.parametrize("line", WRITES)
def test_a_write_outside_commands_is_found(tmp_path: Path, line: str) -> None:
    assert [found.line for found in lint(tmp_path, "views.py", line)] == [1]


@pytest.mark.parametrize("line", WRITES)
@pytest.mark.parametrize("module", ["commands.py", "commands/intake.py", "management/commands/fill.py"])
def test_commands_may_write(tmp_path: Path, module: str, line: str) -> None:
    (tmp_path / "src/yimen/cases" / module).parent.mkdir(parents=True, exist_ok=True)

    assert lint(tmp_path, module, line) == []


@pytest.mark.parametrize("line", NO_WRITES)
def test_what_is_no_model_is_left_alone(tmp_path: Path, line: str) -> None:
    assert lint(tmp_path, "views.py", line) == []


def test_long_functions_and_files_are_found(tmp_path: Path) -> None:
    function = "def long() -> None:\n" + "    pass\n" * 45
    files = "x = 1\n" * 401

    assert len(lint(tmp_path, "views.py", function)) == 1
    assert len(lint(tmp_path, "views.py", files)) == 1


def test_the_house_passes() -> None:
    assert [str(found) for found in findings(sources())] == []
