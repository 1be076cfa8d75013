"""Write a fontconfig file that knows the Chinese fonts of a wheel, for the browser of a bare machine."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
  <alias><family>sans-serif</family><prefer><family>Noto Sans SC</family></prefer></alias>
  <alias><family>serif</family><prefer><family>Noto Serif SC</family></prefer></alias>
</fontconfig>
"""


def write(path: Path) -> Path:
    """The configuration at `path`, its cache beside it."""
    spec = importlib.util.find_spec("pylopdf_fonts_zh_cn")
    if spec is None or spec.origin is None:
        raise SystemExit("The wheel pylopdf-fonts-zh-cn isn't installed: run make install")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(CONFIGURATION.format(fonts=Path(spec.origin).parent, cache=path.parent / "fontcache"))
    return path


if __name__ == "__main__":
    print(write(Path(sys.argv[1]).resolve()))
