"""Uploads of items: sent, looked at by the worker, confirmed, loaded."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

from tests.builders import catalog, city, jobs
from tests.builders.city import AT
from tests.builders.workbook import changed
from yimen.catalog import commands
from yimen.catalog.choices import EditionState
from yimen.catalog.models import Edition, Upload
from yimen.catalog.queries import uploads
from yimen.kit.actor import Actor

SLUG = "small-item"


def workbook_of(*documents: dict[str, Any]) -> bytes:
    """The agency's workbook with these items released."""
    for document in documents:
        catalog.release(document)
    return uploads.agency_workbook(city.agency(), at=AT)


def sent(content: bytes, by: Actor, name: str = "事项.xlsx") -> Upload:
    """Taken in, and looked at by the worker."""
    begun = commands.begin_upload(content, name=name, by=by, at=AT)
    jobs.run()
    return Upload.objects.get(pk=begun.pk)


def loaded(upload: Upload, by: Actor) -> Upload:
    commands.confirm_upload(upload, by=by, at=AT)
    jobs.run()
    return Upload.objects.get(pk=upload.pk)


def faults(upload: Upload) -> list[tuple[str, str]]:
    return [(each["where"], each["reason"]) for each in upload.problems]


def draft(slug: str = SLUG) -> Edition:
    return Edition.objects.get(item__slug=slug, state=EditionState.DRAFT)


def several(count: int) -> list[dict[str, Any]]:
    return [catalog.small(slug=f"item-{number:02d}", name=f"事项{number}") for number in range(count)]


def zipped(**documents: Any) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, document in documents.items():
            archive.writestr(f"items/{name}.json", json.dumps(document))
    return buffer.getvalue()


ONE, TWO = catalog.small(slug="one", name="一"), catalog.small(slug="two", name="二")


def with_item(content: bytes, document: dict[str, Any]) -> bytes:
    """A new item's row, and its steps."""
    row = {
        "A": document["slug"], "B": document["name"], "D": document["kind"], "E": document["department"],
        "F": document["agency"], "G": "县", "H": "自然人", "I": document["case_type"], "J": 20, "M": 5, "Q": 0,
        "S": "四级", "V": "否",
    }  # fmt: skip
    cells = [("事项", f"{column}3", value) for column, value in row.items()]
    for place, step in enumerate(document["steps"], 5):
        cells += [
            ("环节", f"A{place}", document["slug"]),
            ("环节", f"C{place}", step["name"]),
            ("环节", f"D{place}", step["role"]),
        ]
    return changed(content, *cells[0], *cells[1:])
