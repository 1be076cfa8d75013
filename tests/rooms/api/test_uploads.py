"""Programs of an agency load items as its editors do: sent, looked at, confirmed; taken out again."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.builders import catalog, jobs
from tests.builders.workbook import typed
from yimen.catalog.choices import EditionState
from yimen.catalog.models import Edition, Upload


@pytest.fixture
def item(town: Any) -> Edition:
    return catalog.release(catalog.small(), agency=town.agency)


def file(content: bytes, name: str = "a.xlsx") -> dict[str, Any]:
    return {"file": SimpleUploadedFile(name, content)}


def test_a_workbook_goes_out_and_comes_back_as_a_draft(program, item, town):
    editor = program("editor")
    book = editor.get("workbook", agency=town.agency.code)

    begun = editor.upload("uploads", file(typed(book.content, "事项", "事项名称", "新名字")))
    jobs.run()
    ready = editor.get(f"uploads/{begun.json()['number']}").json()
    confirmed = editor.post(f"uploads/{begun.json()['number']}/confirm")
    jobs.run()
    done = editor.get("uploads").json()["items"][0]

    assert book["Content-Type"].startswith("application/vnd.openxmlformats")
    assert (begun.status_code, begun.json()["state"]) == (202, "checking")
    assert (ready["state"], ready["changed"], ready["problems"]) == ("ready", 1, [])
    assert (confirmed.status_code, confirmed.json()["state"]) == (200, "loading")
    assert (done["state"], done["done"], done["problem_count"]) == ("loaded", 1, 0)
    assert Edition.objects.get(state=EditionState.DRAFT).document["name"] == "新名字"


def test_problems_name_their_cells(program, item, town):
    editor = program("editor")
    book = editor.get("workbook", agency=town.agency.code).content

    number = editor.upload("uploads", file(typed(book, "事项", "事项类型", "许可"))).json()["number"]
    jobs.run()
    found = editor.get(f"uploads/{number}").json()
    refused = editor.post(f"uploads/{number}/confirm")

    assert (found["state"], found["problem_count"]) == ("bad", 1)
    assert found["problems"][0]["where"] == "事项!D2"
    assert set(found["problems"][0]) == {"where", "head", "value", "reason"}
    assert (refused.status_code, refused.json()["code"]) == (409, "upload_not_confirmable")


def test_the_same_request_twice_is_one_upload(program, item):
    editor, content = program("editor"), json.dumps(catalog.small()).encode()

    answers = [editor.upload("uploads", file(content, "a.json"), key="once") for _ in range(2)]

    assert [answer.json()["number"] for answer in answers] == [Upload.objects.get().pk] * 2


def test_what_is_no_upload_is_refused_with_a_code(program, item):
    editor = program("editor")

    nothing, wrong = editor.upload("uploads", {"note": "x"}), editor.upload("uploads", file(b"a,b\n1,2\n"))

    assert (nothing.status_code, nothing.json()["errors"][0]["field"]) == (422, "file")
    assert (wrong.status_code, wrong.json()["code"]) == (422, "workbook_unreadable")


def test_documents_and_the_empty_form(program, item):
    editor = program("editor")

    documents, empty = editor.get("documents"), editor.get("workbook")

    assert zipfile.ZipFile(io.BytesIO(documents.content)).namelist() == ["items/small-item.json"]
    assert empty.content.startswith(b"PK")


@pytest.mark.parametrize("who", ["citizen", "clerk", "staffing", "legal", "admin"])
def test_only_editors_load(program, item, who):
    asker = program(who)

    answers = [asker.upload("uploads", file(b"{}")), asker.get("uploads"), asker.get("uploads/1")]

    assert [answer.status_code for answer in answers] == [403, 403, 403]


@pytest.mark.parametrize(("who", "status"), [("citizen", 403), ("clerk", 403), ("legal", 200), ("admin", 200)])
def test_who_may_take_out(program, item, town, who, status):
    asker = program(who)

    answers = [asker.get("workbook"), asker.get("documents"), asker.get("workbook", agency=town.agency.code)]

    assert [answer.status_code for answer in answers] == [status] * 3
