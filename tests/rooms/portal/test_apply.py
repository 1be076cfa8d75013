"""An application from the first page to the receipt, with nothing but forms and links."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.builders import browser_forms, walk
from yimen.applications import commands as applications
from yimen.applications.choices import Channel
from yimen.applications.models import Application
from yimen.applications.queries import lacking
from yimen.cases.models import Case
from yimen.demo.queries import sample_answers

SLUG = "food-business-licence"


@pytest.fixture
def draft(visit, town):
    """What somebody has after choosing in whose name they apply."""
    town.release(SLUG)
    client = visit("owner")
    answer = client.post(f"/items/{SLUG}/apply/", {"subject": town.firm.pk})
    assert answer.status_code == 302
    return client, Application.objects.get()


def form_pages(client, application):
    """The addresses of the form's pages, read from the list of steps."""
    tasks = client.get(f"/apply/{application.number}/").content.decode()
    return sorted(set(re.findall(rf"/apply/{application.number}/form/\d+/", tasks)))


def filled(html, answers):
    """The page's form as somebody fills it in who answers this."""
    post = browser_forms.post(html[html.index('<form method="post" novalidate') :])
    for name in post.get("names", "").split():
        put(post, name, answers.get(name))
    return post


def put(post, name, value):
    if isinstance(value, bool):
        post[name] = "true" if value else "false"
    elif f"{name}__detail" in post and value:
        post.update({f"{name}__county": "441402", f"{name}__town": "441402004", f"{name}__detail": "梅龙路18号"})
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        post[f"{name}__rows"] = str(len(value))
        for place, row in enumerate(value):
            post.update({f"{name}__{place}__{key}": str(cell or "") for key, cell in row.items()})
    elif isinstance(value, list):
        post.setlist(name, [str(each) for each in value])
    elif value is not None:
        post[name] = str(value)


def test_one_applies_without_a_script(draft, visit, at):
    client, application = draft
    answers = sample_answers(application.edition.doc, application.answers)

    address = f"/apply/{application.number}/form/1/"
    for _turn in range(20):
        html = client.get(address).content.decode()
        answer = client.post(address, filled(html, answers))
        assert answer.status_code == 302, re.findall(
            r'class="error"[^>]*>.*?<span>(.*?)</span>', answer.content.decode()
        )
        address = answer.headers["Location"]
        if "/form/" not in address:
            break
    assert address == f"/apply/{application.number}/materials/"
    page = client.get(address).content.decode()
    for key in set(re.findall(r'id="upload-(\w+)"', page)):
        upload = SimpleUploadedFile(f"{key}.pdf", walk.PDF)
        given = client.post(f"{address}{key}/", {"file": upload})
        assert given.headers["Location"] == f"{address}#upload-{key}"
    application.refresh_from_db()
    assert lacking(application) == []
    check = client.get(f"/apply/{application.number}/check/").content.decode()
    assert "确认并提交" in check
    done = client.post(f"/apply/{application.number}/check/")
    assert done.headers["Location"] == f"/apply/{application.number}/done/"
    receipt = client.get(done.headers["Location"]).content.decode()
    case = Case.objects.get()
    assert case.number in receipt
    assert case.password in receipt
    assert "3月9日（周一）" in receipt
    assert "/papers/" in receipt
    assert "少跑 1 趟" in receipt


def test_a_second_click_and_the_back_button_show_the_first_receipt(visit, town, at):
    application = walk.apply_for(town, town.release(SLUG), at=at)
    client = visit("owner")
    check = f"/apply/{application.number}/check/"

    first, second = client.post(check), client.post(check)
    back = client.get(f"/apply/{application.number}/form/1/")

    assert {first.headers["Location"], second.headers["Location"], back.headers["Location"]} == {
        f"/apply/{application.number}/done/"
    }
    assert Case.objects.count() == 1


def test_what_is_wrong_is_shown_again_beside_its_field_and_the_rest_is_kept(draft):
    client, application = draft
    application.answers = {}
    application.save()
    field = next(each for each in application.edition.doc.form_fields if each.type == "phone")
    pages = {each: client.get(each).content.decode() for each in form_pages(client, application)}
    address, html = next(pair for pair in pages.items() if f'id="id_{field.name}"' in pair[1])
    post = filled(html, sample_answers(application.edition.doc, {}))
    post[field.name] = "1380000<b>"

    answer = client.post(address, post)
    html = answer.content.decode()

    assert answer.status_code == 422
    assert f'href="#id_{field.name}"' in html
    assert "1380000&lt;b&gt;" in html
    application.refresh_from_db()
    assert field.name not in application.answers
    assert application.answers


def test_rows_are_added_and_removed_by_buttons(visit, town):
    from tests.builders import catalog

    table = catalog.field("people", "table", "从业人员", columns=[{"name": "name", "label": "姓名"}])
    edition = town.release(SLUG, form_fields=[table], materials=[])
    client = visit("owner")
    client.post(f"/items/{SLUG}/apply/", {"subject": town.firm.pk})
    number = Application.objects.get().number
    post = {"names": "people", "people__rows": "1", "people__0__name": "钟小梅", "add_row": "people"}

    html = client.post(f"/apply/{number}/form/1/", post).content.decode()

    assert 'name="people__rows" value="2"' in html
    assert "钟小梅" in html
    assert edition.doc.form_fields[0].name == "people"


def test_an_untouched_draft_is_found_again_by_a_second_click(draft, town):
    client, application = draft

    again = client.post(f"/items/{SLUG}/apply/", {"subject": town.firm.pk})

    assert again.headers["Location"] == f"/apply/{application.number}/"
    assert Application.objects.count() == 1


def test_a_stranger_finds_no_draft(draft, visit):
    _client, application = draft

    for page in ("", "form/1/", "materials/", "check/", "done/", "discard/"):
        assert visit("stranger").get(f"/apply/{application.number}/{page}").status_code == 404


def test_a_draft_is_given_up_after_a_question(draft):
    client, application = draft
    address = f"/apply/{application.number}/discard/"

    asked = client.get(address).content.decode()
    done = client.post(address)

    assert "不能恢复" in asked
    assert done.headers["Location"] == "/my/"
    assert client.get(f"/apply/{application.number}/").status_code == 404


def test_a_file_that_is_not_taken_is_named_with_the_reason(draft):
    client, application = draft
    key = application.edition.doc.materials[0].key

    answer = client.post(
        f"/apply/{application.number}/materials/{key}/", {"file": SimpleUploadedFile("<b>.pdf", b"MZ\x90")}
    )

    assert answer.status_code == 422
    assert "不支持这种文件" in answer.content.decode()
    assert "<b>.pdf" not in answer.content.decode()


def test_somebody_whom_the_item_is_not_for_learns_why(visit, town):
    town.release(SLUG)

    page = visit("citizen").get(f"/items/{SLUG}/apply/").content.decode()

    assert "没有可以申请的名义" in page


def test_a_page_of_the_form_that_comes_after_the_submission_says_that_nothing_was_saved(visit, town, at):
    application = walk.apply_for(town, town.release(SLUG), at=at)
    client, tab = visit("owner"), visit("owner")
    address = f"/apply/{application.number}/form/1/"
    stale = filled(tab.get(address).content.decode(), {})
    client.post(f"/apply/{application.number}/check/")

    answer = tab.post(address, stale, follow=True)

    assert "刚才填写的内容没有保存" in answer.content.decode()
    assert answer.redirect_chain[-1][0] == f"/apply/{application.number}/done/"


def test_what_was_handed_in_can_be_read_again_by_its_applicant_alone(visit, town, at):
    case = walk.received(town, town.release(SLUG), at=at)
    address = f"/cases/{case.number}/content/"

    page = visit("owner").get(address).content.decode()
    files = re.findall(rf"/apply/{case.number}/documents/\d+/", page)

    assert town.firm.name in page
    assert files
    assert visit("owner").get(files[0]).status_code == 200
    assert [visit(who).get(address).status_code for who in ("stranger", "clerk", "")] == [404, 404, 302]


def test_what_is_missing_is_said_in_the_words_of_the_law_and_in_the_reader_s_language(visit, town, at):
    application = applications.begin(
        edition=town.release(SLUG), subject=town.firm, channel=Channel.WEB, by=town.act("owner", at), at=at
    )
    chinese, english = visit("owner"), visit("owner")
    english.cookies["django_language"] = "en"
    address = f"/apply/{application.number}/check/"
    first = lacking(application)

    page = chinese.get(address).content.decode()

    assert all(lack.message in page for lack in first)
    said = english.get(address).content.decode()
    assert all(words in said for words in ("Fill in “", "Hand in “", "” may follow later"))
    assert "请填写“" not in said


@pytest.mark.parametrize("road", ["items/{slug}/apply", "items/{slug}/many"])
def test_who_stands_for_a_firm_finds_it_chosen_as_the_applicant(visit, town, road):
    town.release(SLUG, subjects=["自然人", "企业法人"])
    client, chosen = visit("owner"), f'value="{town.firm.pk}" checked'
    address = "/" + road.format(slug=SLUG) + "/"

    before = client.get(address).content.decode()
    client.get(f"/my/firms/{town.firm.pk}/")
    after = client.get(address).content.decode()

    assert chosen in after
    client.get("/my/")
    assert client.get(address).content.decode().count(chosen) == before.count(chosen)
