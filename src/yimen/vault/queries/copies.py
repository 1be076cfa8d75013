"""What is handed out of a licence (加注件): its own file, with what it may be used for on every page.

pyhanko is loaded when the first copy is made: half a second and 30 MB that other work should do without.
"""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Mapping
from pathlib import Path

import typst

from yimen.files.queries import read_file
from yimen.kit.glyphs import FONT_FILES, printable
from yimen.papers.queries import licence_pdf
from yimen.ui.words import plain_date
from yimen.vault.models import Licence, LicenceUse
from yimen.vault.queries.comparing import ONLY_HERE, SAME, compared_words
from yimen.vault.queries.faces import paper

TEMPLATE = Path(__file__).parent.parent / "typst" / "marked.typ"
PICTURES = {"image/jpeg": "jpg", "image/png": "png"}
PDF = "application/pdf"


def marked_copy(licence: Licence, use: LicenceUse) -> bytes:
    """The PDF for one case and one purpose. Each line of the marks stands on each page; no law asks for PDF/A here."""
    marks = _marks(licence, use)
    try:
        return _set(marks, *_layout(licence))
    except Exception:  # A scan that no reader can open: what is known of it is handed out all the same.
        return _set(marks, *_face(licence))


def marked_scan(licence: Licence) -> bytes | None:
    """The scan of what was compared with its original (B), each page saying so; None for what can't be set anew.

    The scan itself stays as it was sent.
    """
    words, file = compared_words(licence), licence.file
    if not words or file is None or file.media_type not in {PDF, *PICTURES}:
        return None
    marks = {
        "title": f"{licence.kind.name}（{SAME}）",
        "office": licence.issuer,
        "mark": f"{SAME}　{ONLY_HERE}",
        "heading": words,
        "lines": [f"颁发机关：{licence.issuer}　　证照编号：{licence.number}　　{ONLY_HERE}"],
    }
    try:
        return _set(marks, *_layout(licence))
    except Exception:  # No reader can open it: it is shown as it was sent.
        return None


def _set(marks: Mapping[str, object], name: str, content: bytes, pages: int) -> bytes:
    facts = {"file": name, "pages": pages, **marks}
    with tempfile.TemporaryDirectory() as folder:
        room = Path(folder)
        (room / name).write_bytes(content)
        (room / "facts.json").write_text(json.dumps(printable(facts), ensure_ascii=False), "utf-8")
        (room / "main.typ").write_bytes(TEMPLATE.read_bytes())
        fonts = sorted({str(path.parent) for path in FONT_FILES})
        made: bytes = typst.compile(str(room / "main.typ"), root=folder, format="pdf", font_paths=fonts)
    return made


def _marks(licence: Licence, use: LicenceUse) -> dict[str, object]:
    until, day = plain_date(use.until), plain_date(use.at)
    number, office = use.case, use.office or licence.issuer
    compared, purpose = compared_words(licence), f"仅供办件 {number} 使用　{until}前有效"
    return {
        "title": f"{licence.kind.name}（加注件）",
        "office": office,
        "mark": f"{SAME}　{purpose}" if compared else purpose,
        "heading": "政务服务专用加注件：与电子证照库一致，仅供本件使用，另作他用无效",
        "lines": [
            *([compared] if compared else []),
            f"用证事由：{use.purpose}　　办理事项：{use.item}　　办件编号：{number}",
            f"用证部门：{office}{use.post}　　调取日期：{day}　　有效期至：{until}　　记录编号：{use.pk}",
            f"提供机关：{licence.issuer}　　证照标识：{licence.identifier or ''}",
        ],
    }


def _layout(licence: Licence) -> tuple[str, bytes, int]:
    """(file name, content, pages): the file that was taken in or signed; where there is none, the face set anew."""
    file = licence.file
    if file is not None and file.media_type in PICTURES:
        return f"layout.{PICTURES[file.media_type]}", read_file(file.pk), 0
    if file is None or file.media_type != PDF:
        return _face(licence)
    content = read_file(file.pk)
    return "layout.pdf", content, _pages(content)


def _face(licence: Licence) -> tuple[str, bytes, int]:
    """Set anew, without the watermark that stands over the whole copy."""
    content = licence_pdf(paper(licence).model_copy(update={"copy_note": ""}))
    return "layout.pdf", content, _pages(content)


def _pages(content: bytes) -> int:
    from pyhanko.pdf_utils.reader import PdfFileReader

    reader = PdfFileReader(io.BytesIO(content))
    return int(reader.root["/Pages"]["/Count"])
