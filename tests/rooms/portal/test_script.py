"""What scripts ask for: fragments of the same pages, with the same rules."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.builders import catalog, walk
from yimen.applications.models import Application

SLUG = "food-business-licence"
HTMX = {"headers": {"hx-request": "true"}}


@pytest.fixture
def draft(visit, town):
    """A form with one field of three kinds and one material."""
    fields = [catalog.field("name", label="名称"), catalog.field("phone", "phone", "电话"),
              catalog.field("place", "address", "地址", required=True)]  # fmt: skip
    material = {"name": "平面图", "kind": "文书", "source": "申请人自备", "necessity": "必要"}
    town.release(SLUG, form_fields=fields, materials=[material])
    client = visit("owner")
    client.post(f"/items/{SLUG}/apply/", {"subject": town.firm.pk})
    return client, Application.objects.get()


def test_what_is_typed_is_kept_while_one_types(draft):
    client, application = draft
    typed = {"names": "name phone place", "name": "客家小厨", "phone": "12", "place__detail": ""}

    answer = client.post(f"/apply/{application.number}/form/autosave/", typed, **HTMX)

    html = answer.content.decode()
    assert 'id="saved"' in html
    assert "有 1 项填写有误" in html
    application.refresh_from_db()
    assert application.answers["name"] == "客家小厨"
    assert "phone" not in application.answers


def test_choosing_a_county_brings_its_towns(draft):
    client, application = draft

    query = "field=place&place__county=441402&place__town=&place__village=&place__detail=18号"
    html = client.get(f"/apply/{application.number}/form/divisions/?{query}", **HTMX).content.decode()

    assert 'id="id_place"' in html
    assert "江南街道" in html
    assert "18号" in html


def test_asking_for_the_lists_of_something_else_finds_nothing(draft):
    client, application = draft

    assert client.get(f"/apply/{application.number}/form/divisions/?field=nothing").status_code == 404


def test_a_county_is_chosen_without_a_script_too(draft):
    client, application = draft
    typed = {"names": "name phone place", "name": "甲", "place__county": "441402", "refresh": "place"}

    html = client.post(f"/apply/{application.number}/form/1/", typed).content.decode()

    assert "江南街道" in html
    assert 'value="甲"' in html


def test_an_upload_by_script_is_answered_with_the_box_alone(draft):
    client, application = draft
    address = f"/apply/{application.number}/materials/m01/"

    good = client.post(address, {"file": SimpleUploadedFile("a.pdf", walk.PDF)}, **HTMX)
    bad = client.post(address, {"file": SimpleUploadedFile("b.pdf", b"no")}, **HTMX)

    assert (good.status_code, bad.status_code) == (200, 422)
    assert 'id="upload-m01"' in good.content.decode()
    assert "<html" not in good.content.decode()
    assert "不支持这种文件" in bad.content.decode()


def test_of_several_files_the_good_ones_stay(draft):
    client, application = draft
    files = [SimpleUploadedFile("a.pdf", walk.PDF), SimpleUploadedFile("<i>b</i>.pdf", b"no")]

    answer = client.post(f"/apply/{application.number}/materials/m01/", {"file": files})

    assert answer.status_code == 422
    assert application.documents.count() == 1
    assert "<i>" not in answer.content.decode()


def test_ones_own_file_can_be_looked_at_and_nobody_elses(draft, visit):
    client, application = draft
    client.post(f"/apply/{application.number}/materials/m01/", {"file": SimpleUploadedFile("a.pdf", walk.PDF)})
    address = f"/apply/{application.number}/documents/{application.documents.get().pk}/"

    assert b"".join(client.get(address).streaming_content) == walk.PDF
    assert visit("stranger").get(address).status_code == 404
    assert visit("stranger").post(f"{address}remove/").status_code == 404


def test_html_in_every_answer_is_harmless_on_every_page(draft):
    client, application = draft
    evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    typed = {"names": "name phone place", "name": evil, "phone": evil, "place__detail": evil}

    wrong = client.post(f"/apply/{application.number}/form/1/", typed).content.decode()
    pages = [client.get(f"/apply/{application.number}/{page}").content.decode() for page in ("", "form/1/", "check/")]

    for html in (wrong, *pages):
        assert "<script>alert" not in html
        assert "<img src=x" not in html
    assert "&lt;script&gt;" in pages[2]
