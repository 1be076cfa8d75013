"""The pages of a package: questions, what follows, one application, item by item; without a script."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.builders import walk
from yimen.applications.models import PackageApplication
from yimen.applications.queries.together import package_papers, parts_of
from yimen.catalog.choices import PackageDocument
from yimen.catalog.commands.packaging import release_package
from yimen.portal.views import packages, together

CODE = "disability-services"
ANSWERS = {"has_cert": "否", "low_income": "是", "severe": "否"}


@pytest.fixture
def package(town, at, monkeypatch):
    for module in (packages, together):
        monkeypatch.setattr(module, "now", lambda: at)
    rows = json.loads((walk.CATALOGUE / "packages.json").read_text("utf-8"))
    document = PackageDocument.model_validate(next(row for row in rows if row["code"] == CODE))
    for slug in document.slugs:
        town.release(slug)
    return release_package(document, by=walk.SYSTEM, at=walk.FOUNDED)


@pytest.fixture
def begun(visit, town, package):
    client = visit("citizen")
    answer = client.post(reverse("portal:package_apply", args=[CODE]), ANSWERS | {"subject": str(town.citizen.pk)})
    assert answer.status_code == 302
    return client, PackageApplication.objects.get()


def shown(answer):
    return answer.content.decode()


def test_the_questions_come_first_and_open_ones_are_pointed_at(visit, package):
    url = reverse("portal:package", args=[CODE])

    first, half = visit().get(url), visit().get(url, {"ask": "1", "has_cert": "否"})

    assert "先回答 3 个问题" in shown(first)
    assert half.status_code == 422
    assert "请回答：是否低保或低保边缘家庭" in shown(half)
    assert "请回答：是否已有残疾人证" not in shown(half)


def test_the_answer_lists_what_this_person_needs_and_why_it_takes_so_long(visit, package):
    page = shown(visit().get(reverse("portal:package", args=[CODE]), ANSWERS))

    assert "按您的情况，要办 3 项" in page
    assert "最长的一条路是" in page
    assert "办好“残疾人证新办”就有" in page
    assert "社会保障卡首次申领" in page
    assert "城乡居民基本养老保险" not in page.split("您的情况")[0]


def test_what_may_be_left_out_is_left_out(visit, package):
    url = reverse("portal:package", args=[CODE])

    page = shown(visit().get(url, ANSWERS | {"leave": "social-security-card"}))

    assert "按您的情况，要办 2 项" in page
    assert "leave=social-security-card" in page


def test_the_list_of_packages_leads_to_each(visit, package):
    listed = shown(visit().get(reverse("portal:packages")))

    assert reverse("portal:package", args=[CODE]) in listed
    assert f"另有 {len(package.doc.external_steps)} 项在别处办" in listed
    assert visit().get(reverse("portal:package", args=["nothing"])).status_code == 404


def test_whoever_is_signed_in_sees_what_the_city_already_has(visit, town, package):
    page = shown(visit("citizen").get(reverse("portal:package", args=[CODE]), ANSWERS))

    assert "要准备的材料" in page


def test_to_apply_one_signs_in_and_answers_the_questions(visit, package):
    url = reverse("portal:package_apply", args=[CODE])

    assert "/account/login/" in visit().get(url, ANSWERS)["Location"]
    assert visit("citizen").get(url)["Location"].endswith("ask=1")
    assert "以谁的名义申请" in shown(visit("citizen").get(url, ANSWERS))
    assert visit("citizen").post(url, ANSWERS | {"subject": "999"}).status_code == 422


def test_a_second_click_finds_what_the_first_began(begun, town):
    client, application = begun
    url = reverse("portal:package_apply", args=[CODE])

    again = client.post(url, ANSWERS | {"subject": str(town.citizen.pk)})
    other = client.post(url, ANSWERS | {"severe": "是", "subject": str(town.citizen.pk)})

    assert again["Location"] == reverse("portal:package_tasks", args=[application.number])
    assert other["Location"] != again["Location"]


def test_a_page_is_saved_even_when_something_on_it_is_wrong(begun):
    client, application = begun
    url = reverse("portal:package_form", args=[application.number, 1])
    names = "applicant_name applicant_phone"

    wrong = client.post(url, {"names": names, "applicant_name": "陈明", "applicant_phone": "12"})

    application.refresh_from_db()
    assert wrong.status_code == 422
    assert application.answers["applicant_name"] == "陈明"
    assert "12" in shown(wrong)
    saved = client.post(reverse("portal:package_autosave", args=[application.number]), {
        "names": names, "applicant_name": "陈小明", "applicant_phone": "13800009999",
    })  # fmt: skip
    assert "已保存" in shown(saved)


def test_a_paper_is_handed_in_once_looked_at_and_taken_back(begun):
    client, application = begun
    number = application.number
    page = shown(client.get(reverse("portal:package_materials", args=[number])))
    key = "disability_certificate_m04"
    sent = SimpleUploadedFile("表.pdf", walk.PDF, content_type="application/pdf")

    assert reverse("portal:package_upload", args=[number, key]) in page
    assert client.post(reverse("portal:package_upload", args=[number, key]), {"file": sent}).status_code == 302
    paper = next(each for each in package_papers(application) if each.file_id)
    looked = client.get(reverse("portal:package_document", args=[number, paper.pk]))
    assert looked.status_code == 200
    client.post(reverse("portal:package_remove", args=[number, paper.pk]))
    assert not [each for each in package_papers(application) if each.file_id]
    empty = client.post(reverse("portal:package_upload", args=[number, key]))
    assert "请选择要上传的文件" in shown(empty)


def test_the_situation_is_changed_until_the_first_item_has_its_own_application(begun):
    client, application = begun
    url = reverse("portal:package_situation", args=[application.number])

    assert client.post(url, {"has_cert": "否"}).status_code == 422
    assert client.post(url, ANSWERS | {"low_income": "否"}).status_code == 302
    assert "disability-subsidies" not in [part.item.slug for part in parts_of(application)]
    client.post(reverse("portal:package_check", args=[application.number]))
    refused = client.post(url, ANSWERS)
    assert refused.status_code == 422
    assert "已经分成单项申请" in shown(refused)


def test_item_by_item_every_item_says_what_can_be_done_now(begun):
    client, application = begun
    number = application.number

    check = shown(client.get(reverse("portal:package_check", args=[number])))
    client.post(reverse("portal:package_check", args=[number]))
    items = shown(client.get(reverse("portal:package_items", args=[number])))

    assert "各部门现在还是分别受理" in check
    assert "要用到“残疾人证新办”的结果" in items
    own = next(part.application for part in parts_of(application) if part.application)
    assert client.get(reverse("portal:tasks", args=[own.number])).status_code == 200
    my = shown(client.get(reverse("portal:my")))
    assert "继续办：残疾人服务“一件事”" in my
    assert "继续填写：残疾人证新办" not in my


def test_one_item_is_begun_in_the_name_of_whom_it_is_for(begun, town):
    client, application = begun
    url = reverse("portal:package_part", args=[application.number, "disability-subsidies"])

    assert "以谁的名义申请" in shown(client.get(url))
    assert client.post(url, {"subject": str(town.citizen.pk)}).status_code == 302
    assert client.get(reverse("portal:package_part", args=[application.number, "nothing"])).status_code == 404


def test_nobody_else_opens_it_and_giving_it_up_asks_first(begun, visit):
    client, application = begun
    pages = ("package_tasks", "package_situation", "package_materials", "package_check", "package_items")

    for name in pages:
        url = reverse(f"portal:{name}", args=[application.number])
        assert visit("owner").get(url).status_code == 404
        assert visit("clerk").get(url).status_code == 404
        assert "/account/login/" in visit().get(url)["Location"]
        assert client.get(url).status_code == 200
    discard = reverse("portal:package_discard", args=[application.number])
    assert "放弃这份申请？" in shown(client.get(discard))
    assert client.post(discard).status_code == 302
    assert client.get(reverse("portal:package_tasks", args=[application.number])).status_code == 404


def test_the_one_time_notice_is_a_pdf_once_the_questions_are_answered(visit, package):
    url = reverse("portal:package_checklist", args=[CODE])

    asked, printed = visit().get(url, {"has_cert": "否"}), visit().get(url, ANSWERS)

    assert asked["Location"].endswith("has_cert=%E5%90%A6&ask=1")
    assert (printed["Content-Type"], printed.content[:5]) == ("application/pdf", b"%PDF-")
    assert url in shown(visit().get(reverse("portal:package", args=[CODE]), ANSWERS))
