"""Loading many items at once: a workbook as an editor sends it, and a folder as the console loads it."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.ours.many_items import many_items
from yimen.catalog import commands
from yimen.catalog.choices import EditionDocument
from yimen.catalog.models import Upload, UploadItem
from yimen.catalog.queries.workbook import Exported, write
from yimen.identity import queries as people
from yimen.kit.actor import Actor
from yimen.kit.time import now


def uploaded(items: int) -> dict[str, Any]:
    """Seconds of each part of a workbook's way: written, taken in, looked at, loaded; the same sent again."""
    documents = [EditionDocument.model_validate(raw).stored() for raw in many_items(items)]
    by = people.actor_for(people.account("editor"), now())
    figures: dict[str, Any] = {}
    figures["written_s"], content = _timed(lambda: _workbook(documents))
    figures["mib"] = len(content) / 2**20
    figures["taken_s"], upload = _timed(lambda: commands.begin_upload(content, name="all.xlsx", by=by, at=now()))
    figures["checked_s"], _done = _timed(lambda: commands.check_upload(upload, by=by, at=now()))
    upload = _fresh(upload)
    if upload.problem_count or upload.refused:
        raise RuntimeError(f"{upload.problem_count} problems: {upload.refused} {upload.problems[:3]}")
    commands.confirm_upload(upload, by=by, at=now())
    figures["loaded_s"], _done = _timed(lambda: commands.load_upload(_fresh(upload), by=by, at=now()))
    if not _fresh(upload).loaded_at:
        raise RuntimeError(_fresh(upload).refused)
    again = commands.begin_upload(_workbook(documents), name="again.xlsx", by=by, at=now())
    figures["again_s"], _done = _timed(lambda: commands.check_upload(again, by=by, at=now()))
    figures["unchanged"] = _fresh(again).counts["unchanged"]
    return figures | {"items": UploadItem.objects.filter(upload=upload).count()}


def released(items: int) -> dict[str, Any]:
    """Seconds of `yimen load-catalog` over a folder of new items: each is released at once."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "items"
        folder.mkdir()
        for raw in many_items(items, seed=2):
            slug = f"f-{raw['slug']}"[:56].rstrip("-")
            (folder / f"{slug}.json").write_text(json.dumps({**raw, "slug": slug}), "utf-8")
        took, report = _timed(lambda: commands.load_folder(Path(name), by=Actor.system(), at=now()))
    return {"items": report.count("new"), "bad": report.count("bad"), "seconds": took}


def _workbook(documents: list[dict[str, Any]]) -> bytes:
    return write((Exported(each, "") for each in documents), title="bench", made=now(), codes={})


def _fresh(upload: Upload) -> Upload:
    return Upload.objects.select_related("file").get(pk=upload.pk)


def _timed(act: Callable[[], Any]) -> tuple[float, Any]:
    begun = time.perf_counter()
    done = act()
    return time.perf_counter() - begun, done
