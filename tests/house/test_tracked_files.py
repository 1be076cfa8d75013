"""What is in the repository stands for itself: no path, address or half-finished word of a workshop in it."""

from __future__ import annotations

import subprocess

import pytest

from tools.lint import ROOT

# Put together here, so that this file is clean as well.
HOSTS = ["pypi" + ".org", "pythonhosted" + ".org", "npmjs" + ".org", "npmmirror" + ".com", "registry" + ".yarnpkg"]
PATHS = ["/" + "work/", "." + "library", "shared/" + "house.md", "shared/" + "rules.md"]
UNFINISHED = ["TO" + "DO", "FIX" + "ME", "XX" + "X:"]


def tracked() -> dict[str, str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    texts = {}
    for name in filter(None, listed.split("\0")):
        path = ROOT / name
        content = path.read_bytes() if path.is_file() else b""
        if b"\0" not in content[:8000]:
            texts[name] = content.decode("utf-8")
    return texts


@pytest.mark.parametrize("word", [*HOSTS, *PATHS])
def test_no_file_names_the_workshop(word: str) -> None:
    assert [name for name, text in tracked().items() if word in text] == []


@pytest.mark.parametrize("word", UNFINISHED)
def test_nothing_is_left_for_later(word: str) -> None:
    ours = {name: text for name, text in tracked().items() if name.startswith(("src/yimen", "tests/", "tools/"))}

    assert [name for name, text in ours.items() if word in text and not name.endswith((".json", ".svg"))] == []


def test_locks_carry_hashes() -> None:
    for name, text in tracked().items():
        if name.startswith("requirements/") and name.endswith(".txt"):
            packages = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
            assert packages
            assert all("==" in line for line in packages)
            assert text.count("--hash=sha256:") >= len(packages)
