"""Cities install a wheel: only that proves that templates, migrations and the data of the law are inside."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from tools.lint import ROOT


def test_the_wheel_holds_everything_that_is_tracked(tmp_path: Path) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "src", "pyproject.toml", "README.md", "LICENSE"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    names = [name for name in listed.split("\0") if name and (ROOT / name).is_file()]
    for name in names:
        (tmp_path / "tree" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / "tree" / name)

    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index",
         "--wheel-dir", str(tmp_path), str(tmp_path / "tree")],
        check=True,
    )  # fmt: skip

    inside = set(zipfile.ZipFile(next(tmp_path.glob("yimen-*.whl"))).namelist())
    assert {name.removeprefix("src/") for name in names if name.startswith("src/")} - inside == set()
