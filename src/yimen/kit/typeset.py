"""Setting a document as PDF/A-2b with Typst: same template and facts, same bytes.

Facts reach a template as a JSON file of a virtual folder, never as source, so that no text in them can be markup.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import typst

from yimen.kit.glyphs import FONT_FILES, printable

STANDARD = "a-2b"
SOURCES = {".typ", ".json", ".svg"}


def typeset(
    folder: Path, template: str, facts: Mapping[str, Any], *, dated: date, pictures: Mapping[str, bytes] | None = None
) -> bytes:
    """The PDF of `template` (a file name in `folder`) with `facts` (JSON values), which it reads from facts.json.

    dated: the date written into the document's properties. pictures: SVG by file name, for the template to place.
    """
    files = _sources(folder) | dict(pictures or {})
    files["facts.json"] = json.dumps(printable(facts), ensure_ascii=False, sort_keys=True).encode()
    files["main.typ"] = f'#include "{template}"'.encode()
    stamp = datetime(dated.year, dated.month, dated.day, tzinfo=UTC)
    return bytes(
        typst.compile(  # type: ignore[call-overload]  # its stub forgets that a folder may be a dict
            files,
            format="pdf",
            font_paths=_fonts(),
            pdf_standards=STANDARD,
            timestamp=int(stamp.timestamp()),
        )
    )


@functools.cache
def _sources(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.suffix in SOURCES}


@functools.cache
def _fonts() -> typst.Fonts:
    """Only the fonts that the package brings: the result must not depend on the machine."""
    folders = sorted({str(path.parent) for path in FONT_FILES})
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
