"""One visitor, one screen."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.builders import walk
from tests.builders.desk import HARM, INSTANT, statuses, text
from yimen.applications.models import Application
from yimen.applications.queries import documents
from yimen.cases.queries import of_number
from yimen.counter.access import note_for
from yimen.demo.choices import FIRM_CODE, FIRM_NAME
from yimen.demo.queries import sample_answers
from yimen.identity.models import Subject
from yimen.law.states import State
from yimen.ledger.choices import subject_chain
from yimen.ledger.queries import story
from yimen.papers.queries import of as papers_of

FIRM = {"document": "uscc", "number": FIRM_CODE, "name": FIRM_NAME}


@pytest.fixture
def clerk(visit):
    return visit("clerk")


def begin(clerk, edition, who=FIRM):
    """The page of a new application for somebody who stands there."""
    found = clerk.post("/desk/counter/", who)
    return clerk.post(found.url, {"item": edition.item.slug}).url


def posted(edition, **more):
    """The form as a browser posts it: plain fields by name, tables and yes-or-no in their own way."""
    given = {}
    for name, value in sample_answers(edition.doc).items():
        if isinstance(value, bool):
            given[name] = str(value).lower()
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            given |= {f"{name}__0__{column}": cell for column, cell in value[0].items()} | {f"{name}__rows": "1"}
        elif edition.doc.field(name).kind == "address":
            given[f"{name}__detail"] = value
        else:
            given[name] = value
    return given | more


def checklist(edition):
    """Every original on the table."""
    keys = [material.key for material in edition.doc.materials]
    return {"line": keys} | {f"original_{key}": "1" for key in keys} | {f"originals_{key}": "1" for key in keys}


def test_the_counter_is_for_clerks(visit, town, edition, at):
    case = walk.received(town, edition, at=at)

    for path in ("/desk/counter/", f"/desk/counter/cases/{case.number}/", f"/desk/counter/cases/{case.number}/settle/"):
        assert statuses(visit, path, "clerk", "reviewer", "citizen", "") == {
            "clerk": 200, "reviewer": 403, "citizen": 403, "nobody": 302,
        }, path  # fmt: skip


def test_somebody_unknown_is_entered_and_somebody_known_is_found(clerk, town, at):
    from tests.builders.identity import citizen_number

    number = citizen_number(777)
    clerk.post("/desk/counter/", {"document": "citizen_id", "number": number, "name": "温淑珍"})
    again = clerk.post("/desk/counter/", {"document": "citizen_id", "number": number, "name": "温淑珍"})

    assert Subject.objects.filter(name="温淑珍").count() == 1
    page = clerk.get(again.url)
    assert page.status_code == 200
    assert number not in text(page)
    look = story(subject_chain(Subject.objects.get(name="温淑珍").pk))[-1]
    assert (look.verb, look.ground) == ("look", "窗口受理")


def test_a_wrong_number_or_another_name_is_refused_and_kept(clerk, town):
    wrong = clerk.post("/desk/counter/", {"document": "citizen_id", "number": "44140219000101", "name": HARM})
    other = clerk.post("/desk/counter/", FIRM | {"name": "别的公司"})

    assert (wrong.status_code, other.status_code) == (422, 422)
    assert "44140219000101" in text(wrong)
    assert HARM not in text(wrong)
    assert "姓名（名称）与该证件号码已登记的不一致" in text(other)


def test_a_visitors_page_is_for_the_clerk_who_checked_the_document(visit, town, at):
    note = note_for(town.firm.pk, town.act("clerk", at))

    assert visit("clerk").get(f"/desk/counter/visitor/{note}/").status_code == 200
    assert visit("clerk2").get(f"/desk/counter/visitor/{note}/").status_code == 404
    assert visit("clerk").get(f"/desk/counter/visitor/{note}x/").status_code == 404


def test_items_that_the_window_may_take_in_come_first_others_say_why_not(clerk, town, edition, at):
    from tests.builders import city

    replace(town, agency=city.agency("WJ", at=walk.FOUNDED)).release(INSTANT)
    found = clerk.post("/desk/counter/", FIRM)

    page = text(clerk.get(found.url + "?q=许可"))

    assert page.index(edition.doc.name) < page.index("公共场所卫生许可")
    assert "本窗口没有授权" in page
    assert clerk.post(found.url, {"item": INSTANT}).status_code == 403


def test_what_several_places_offer_is_told_as_this_window_has_it(clerk, town, edition, at):
    from tests.builders import catalog, city

    above = city.agency(edition.doc.department, division=city.CITY, at=walk.FOUNDED)
    catalog.release(edition.doc.stored() | {"slug": "of-the-city", "agency": None}, agency=above, at=walk.FOUNDED)
    found = clerk.post("/desk/counter/", FIRM)

    page = text(clerk.get(found.url, {"q": edition.doc.name}))

    assert 'value="of-the-city"' not in page
    assert f'value="{edition.doc.slug}"' in page
    assert page.count(f'<p class="choices__name">{edition.doc.name}</p>') == 1


def test_what_is_missing_is_said_large_and_at_its_place(clerk, town, edition):
    page = begin(clerk, edition)

    answer = clerk.post(page, {"submit": "1"})

    assert answer.status_code == 422
    assert "还差" in text(answer)
    assert "check__line--error" in text(answer)


def test_a_walk_in_application_is_ticked_filled_in_and_submitted(clerk, town, edition):
    page = begin(clerk, edition)

    saved = clerk.post(page, posted(edition, **checklist(edition), save="1"))
    shown = text(clerk.get(page))
    done = clerk.post(page, posted(edition, **checklist(edition), submit="1"))

    assert saved.url == page
    assert "材料和表单齐全，可以提交" in shown
    application = Application.objects.get()
    case = of_number(application.number)
    assert done.url == f"/desk/counter/cases/{case.number}/"
    assert (case.channel, case.state, case.window_id) == ("window", State.RECEIVED, town.window)
    assert {each.presented for each in documents(application)} >= {"original"}
    assert papers_of(case.number)[0]["url"] in text(clerk.get(done.url))


def test_ticks_can_be_taken_back_and_pieces_recounted(clerk, town, edition):
    page, application = begin(clerk, edition), Application.objects.get()
    key = edition.doc.materials[0].key

    clerk.post(page, {"line": [key], f"copy_{key}": "1", f"copies_{key}": "2", "save": "1"})
    (first,) = [each for each in documents(application) if each.material == key]
    clerk.post(page, {"line": [key], f"copy_{key}": "1", f"copies_{key}": "3", "save": "1"})
    (second,) = [each for each in documents(application) if each.material == key]
    clerk.post(page, {"line": [key], "save": "1"})

    assert (first.copies, second.copies) == (2, 3)
    assert [each for each in documents(application) if each.material == key] == []


def test_a_bad_scan_costs_nothing_else(clerk, town, edition):
    page, application = begin(clerk, edition), Application.objects.get()
    first, second = (material.key for material in edition.doc.materials[:2])
    name = next(field.name for field in edition.doc.form_fields if field.required and field.kind == "text")
    files = {
        f"file_{first}": SimpleUploadedFile("a.exe", b"MZ\x90\x00" * 40),
        f"file_{second}": SimpleUploadedFile("b.pdf", walk.PDF),
    }

    answer = clerk.post(page, {"line": [first, second], name: "<b>留着</b>", "save": "1", **files})

    assert answer.status_code == 422
    application.refresh_from_db()
    assert application.answers[name] == "<b>留着</b>"
    assert second in {each.material for each in documents(application) if each.file}
    assert first not in {each.material for each in documents(application) if each.file}
    assert "<b>留着</b>" not in text(answer)
    assert "&lt;b&gt;留着&lt;/b&gt;" in text(answer)


def test_a_licence_in_the_vault_need_not_be_brought(clerk, town, edition, at):
    from yimen.vault import commands as vault
    from yimen.vault.queries import kind_named

    vault.take_in(
        kind_named("business_licence"), holder=town.firm, fields={"name": FIRM_NAME, "uscc": FIRM_CODE},
        agency=town.agency, number=FIRM_CODE, valid_from=walk.FOUNDED.date(), by=walk.SYSTEM, at=walk.FOUNDED,
    )  # fmt: skip

    page = text(clerk.get(begin(clerk, edition)))

    assert "（证照库）" in page


def test_an_instant_item_is_accepted_and_granted_at_once(visit, clerk, town, at):
    instant = town.release(INSTANT)
    case = walk.received(town, instant, at=at)
    page = text(clerk.get(f"/desk/counter/cases/{case.number}/"))

    stale = clerk.post(f"/desk/counter/cases/{case.number}/settle/", {"version": case.version + 5})
    done = clerk.post(f"/desk/counter/cases/{case.number}/settle/", {"version": case.version})

    assert "受理并当场办结" in page
    assert stale.status_code == 409
    assert done.status_code == 302
    settled = of_number(case.number)
    assert (settled.state, settled.outcome) == (State.DECIDED, "grant")


def test_a_promised_item_is_never_settled_at_the_counter(clerk, town, edition, at):
    case = walk.received(town, edition, at=at)

    answer = clerk.post(f"/desk/counter/cases/{case.number}/settle/", {"version": case.version})

    assert "受理并当场办结" not in text(clerk.get(f"/desk/counter/cases/{case.number}/"))
    assert answer.status_code == 403
    assert of_number(case.number).state == State.RECEIVED


def test_a_supplement_brought_to_the_window(clerk, town, edition, at):
    from yimen.cases import commands

    case = walk.received(town, edition, at=walk.at("2026-02-26"))
    commands.ask_supplement(
        case, materials=[{"key": "m01", "reason": "图像不清晰"}], by=town.act("clerk", at), at=walk.at("2026-02-27")
    )
    page = f"/desk/counter/cases/{case.number}/supplement/"

    shown = text(clerk.get(page))
    early = clerk.post(page, {"line": ["m01"], "submit": "1"})
    done = clerk.post(page, {"line": ["m01"], "original_m01": "1", "originals_m01": "1", "submit": "1"})

    assert "图像不清晰" in shown
    assert early.status_code == 422
    assert "补齐后再确认补正" in text(early)
    assert done.status_code == 302
    assert of_number(case.number).state == State.RECEIVED


def test_a_case_is_found_by_the_number_on_the_receipt(clerk, town, edition, at):
    case = walk.received(town, edition, at=at)

    assert clerk.get(f"/desk/counter/find/?number={case.number.lower()}").url == f"/desk/counter/cases/{case.number}/"
    assert clerk.get("/desk/counter/find/?number=../..").url == "/desk/counter/"
    assert clerk.get("/desk/counter/cases/4414/").status_code == 404


def test_a_draft_is_given_up_after_a_question(clerk, town, edition):
    page = begin(clerk, edition)

    asked = text(clerk.get(page + "discard/"))
    clerk.post(page + "discard/")

    assert "不能恢复" in asked
    assert clerk.get(page).status_code == 404


def test_the_draft_of_another_clerk_is_not_found(visit, clerk, town, edition):
    page = begin(clerk, edition)

    assert visit("clerk2").get(page).status_code == 404
    assert visit("clerk2").post(page, {"save": "1"}).status_code == 404


def test_a_second_click_finds_the_draft_that_the_first_began(clerk, town, edition):
    found = clerk.post("/desk/counter/", FIRM)
    first, second = (clerk.post(found.url, {"item": edition.item.slug}).url for _ in range(2))

    assert first == second
    assert Application.objects.count() == 1
