"""QR codes as SVG, for papers and for screens."""

from __future__ import annotations

import io

import segno


def svg(text: str, *, border: int = 0) -> bytes:
    """A QR code (error correction M) that scales; without sizes, colours or scripts of its own."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", border=border, xmldecl=False, svgns=True, omitsize=True, svgclass=None, lineclass=None
    )
    return out.getvalue()
