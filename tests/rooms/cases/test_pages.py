"""The work list and the case at the desk, as those who work there meet them."""

from __future__ import annotations

import pytest

from tests.builders import walk
from tests.builders.desk import HARM, statements, statuses, text, version_on
from yimen.applications.queries import documents
from yimen.cases.queries import of_number
from yimen.law.states import State
from yimen.ledger.choices import subject_chain
from yimen.ledger.queries import story
from yimen.papers.queries import of as papers_of

STAFF = ("clerk", "reviewer", "chief", "deliverer", "supervisor")
OTHERS = ("", "citizen", "hall", "admin", "editor")


def url(case, *parts):
    return "/".join(["/desk/cases", case.number, *parts]) + "/"


# -- who may ---------------------------------------------------------------------------------


def test_the_desk_is_for_those_who_handle_cases(visit, town, edition, at):
    case = walk.received(town, edition, at=at)

    assert statuses(visit, url(case), *STAFF) == dict.fromkeys(STAFF, 200)
    assert statuses(visit, url(case), *OTHERS) == {
        "nobody": 302,
        "citizen": 403,
        "hall": 403,
        "admin": 403,
        "editor": 403,
    }


def test_staff_without_cases_are_sent_to_their_own_work(visit, town):
    assert visit("hall").get("/desk/").url == "/desk/windows/"
    assert visit("editor").get("/desk/").status_code == 302
    assert visit("reviewer").get("/desk/").url == "/desk/tasks/"
    assert visit("citizen").get("/desk/").status_code == 403


def test_a_case_of_another_agency_is_as_if_it_did_not_exist(visit, town, edition, at):
    from tests.builders import city, identity

    case = walk.received(town, edition, at=at)
    stranger = city.agency("WJ")
    town.users["elsewhere"] = identity.staff(post=city.post("clerk", agency=stranger), username="elsewhere")

    assert visit("elsewhere").get(url(case)).status_code == 404
    assert case.number not in text(visit("elsewhere").get("/desk/?view=all"))


@pytest.mark.parametrize(
    ("username", "answer"), [("clerk", 200), ("reviewer", 403), ("chief", 403), ("supervisor", 403)]
)
def test_only_clerks_accept(visit, town, edition, at, username, answer):
    case = walk.received(town, edition, at=at)

    assert visit(username).get(url(case, "accept")).status_code == answer


def test_whoever_accepted_a_case_sees_why_they_cannot_decide_it(visit, town, edition, at):
    from tests.builders import city, identity

    both = identity.staff(post=city.post("clerk", "chief", agency=town.agency), username="both")
    town.users["both"] = both
    case = walk.received(town, edition, at=at)
    visit("both").post(url(case, "accept"), {"version": case.version})

    assert "受理人不得作出决定" in text(visit("both").get(url(case)))


# -- looks -----------------------------------------------------------------------------------


def test_opening_a_case_leaves_a_trace_where_its_subject_sees_it(visit, town, edition, at):
    case = walk.received(town, edition, at=at)

    visit("clerk").get(url(case))

    look = story(subject_chain(case.subject_id))[-1]
    assert (look.verb, look.by["name"], look.ground) == ("look", "工作人员clerk", "办理办件")
    assert look.facts == {"case": case.number, "what": "申请内容", "agency": look.facts["agency"]}


# -- the list --------------------------------------------------------------------------------


def test_what_is_due_first_stands_on_top(visit, town, edition, at):
    late = walk.received(town, edition, at=walk.at("2026-02-27"))
    early = walk.received(town, edition, at=walk.at("2026-02-24"))

    page = text(visit("clerk").get("/desk/?view=received"))

    assert page.index(early.number) < page.index(late.number)
    assert "还剩" in page


def test_views_show_what_they_say(visit, town, edition, at):
    waiting, running, over = (
        walk.received(town, edition, at=at),
        walk.accepted(town, edition, at=at),
        walk.closed(town, edition, at=at),
    )
    clerk = visit("clerk")

    def listed(view):
        page = text(clerk.get(f"/desk/?view={view}"))
        return {case.state for case in (waiting, running, over) if case.number in page}

    assert listed("received") == {State.RECEIVED}
    assert listed("running") == {State.ACCEPTED}
    assert listed("done") == {State.CLOSED}
    assert listed("all") == {State.RECEIVED, State.ACCEPTED, State.CLOSED}


def test_one_finds_by_number_by_name_and_by_item(visit, town, edition, at):
    case, clerk = walk.received(town, edition, at=at), visit("clerk")

    assert clerk.get(f"/desk/?q={case.number.lower()}").url == url(case)
    assert case.number in text(clerk.get("/desk/?q=岭东市客家"))
    assert case.number in text(clerk.get("/desk/?view=all&item=食品"))
    assert case.number not in text(clerk.get("/desk/?q=别人"))
    assert "没有符合条件的办件" in text(clerk.get("/desk/?q=别人"))


def test_a_list_has_pages(visit, town, edition, at, monkeypatch):
    from yimen.cases.queries import work

    monkeypatch.setattr(work.work, "__kwdefaults__", {"cursor": None, "size": 2})
    numbers = [walk.received(town, edition, at=at).number for _ in range(3)]
    clerk = visit("clerk")

    first = text(clerk.get("/desk/?view=received"))
    cursor = first.split("cursor=")[1].split('"')[0]
    second = text(clerk.get(f"/desk/?view=received&cursor={cursor}"))

    assert [number in first for number in numbers] == [True, True, False]
    assert [number in second for number in numbers] == [False, False, True]
    assert clerk.get("/desk/?view=received&cursor=nonsense").status_code == 422


def test_a_window_without_authority_has_nothing_to_accept(visit, town, edition, at):
    from yimen.hall.commands import withdraw
    from yimen.hall.models import WindowAuthorisation

    case = walk.received(town, edition, at=at)
    given = WindowAuthorisation.objects.get()
    withdraw(given, until=walk.at("2026-02-27").date(), reason="调整", by=walk.SYSTEM, at=at)

    assert case.number not in text(visit("clerk").get("/desk/?view=received"))
    assert case.number in text(visit("clerk").get("/desk/?view=all"))


def test_a_list_costs_the_same_with_one_row_and_with_many(visit, town, edition, at):
    clerk = visit("clerk")
    walk.received(town, edition, at=at)
    one = statements(clerk, "/desk/?view=received")
    for _ in range(4):
        walk.received(town, edition, at=at)

    assert statements(clerk, "/desk/?view=received") == one <= 17


# -- the case --------------------------------------------------------------------------------


def test_a_case_shows_its_facts_form_materials_clock_and_story(visit, town, edition, at):
    case = walk.received(town, edition, at=at)

    page = text(visit("clerk").get(url(case)))

    for words in (case.applicant_name, "经营场所", "食品经营许可申请书", "还剩", "收件", "要求补正"):
        assert words in page


def test_numbers_of_people_are_masked(visit, town, edition, at):
    case = walk.received(town, town.release("id-card-renewal"), at=at, who="citizen", subject=town.citizen)

    page = text(visit("clerk").get(url(case)))

    assert town.citizen.masked_number in page
    assert town.citizen.number not in page


def test_a_long_case_costs_little_more_than_a_short_one(visit, town, edition, at):
    young, old = walk.received(town, edition, at=at), walk.closed(town, edition, at=at)
    chief = visit("chief")
    chief.get(url(young))

    assert max(statements(chief, url(young)), statements(chief, url(old))) <= 40


def test_a_file_is_shown_to_those_who_may_see_the_case(visit, town, edition, at):
    case = walk.received(town, edition, at=at)
    document = next(each for each in documents(case.application) if each.file)

    shown = visit("reviewer").get(url(case, "files", str(document.pk)))

    assert (shown.status_code, shown["Content-Type"]) == (200, "application/pdf")
    assert b"".join(shown.streaming_content) == walk.PDF
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert visit("citizen").get(url(case, "files", str(document.pk))).status_code == 403
    assert visit("reviewer").get(url(case, "files", "999999")).status_code == 404
    assert story(subject_chain(case.subject_id))[-1].facts["what"] == "申请材料"


def test_a_clerk_marks_a_document_as_checked_once(visit, town, edition, at):
    case = walk.received(town, edition, at=at)
    document = next(each for each in documents(case.application) if each.file)
    address = url(case, "documents", str(document.pk), "check")

    assert visit("reviewer").post(address).status_code == 403
    assert visit("clerk").post(address).status_code == 302
    assert visit("clerk").post(address).status_code == 409
    document.refresh_from_db()
    assert (document.trust, document.checked_by_id) == ("B", town.users["clerk"].pk)
    assert "已核对" in text(visit("clerk").get(url(case)))


# -- verbs -----------------------------------------------------------------------------------


def test_accepting_starts_the_clock_and_opens_the_next_case(visit, town, edition, at):
    first, second = walk.received(town, edition, at=at), walk.received(town, edition, at=at)
    clerk, listed = visit("clerk"), "?list=view%3Dreceived"

    page = clerk.get(url(first, "accept") + listed)
    answer = clerk.post(url(first, "accept") + listed, {"version": version_on(text(page))})

    assert of_number(first.number).state == State.ACCEPTED
    assert answer.url == url(second) + listed
    after = text(clerk.get(answer.url))
    assert f"{first.number}：已受理。" in after
    assert papers_of(first.number)[-1]["url"] in after


def test_after_the_last_case_one_is_back_at_the_list(visit, town, edition, at):
    case, listed = walk.received(town, edition, at=at), "?list=view%3Dreceived"

    answer = visit("clerk").post(url(case, "accept") + listed, {"version": case.version})

    assert answer.url == "/desk/?view=received"


def test_a_stale_page_is_refused_and_keeps_what_was_typed(visit, town, edition, at):
    case, clerk = walk.received(town, edition, at=at), visit("clerk")
    page = clerk.get(url(case, "refuse"))
    visit("clerk2").post(url(case, "accept"), {"version": case.version})

    answer = clerk.post(
        url(case, "refuse"),
        {"version": version_on(text(page)), "reason": "不属于本机关职权", "competent_body": "自然资源局"},
    )

    assert answer.status_code == 422
    assert "这件事刚刚被别人处理过" in text(answer)
    assert "不属于本机关职权" in text(answer)
    assert version_on(text(answer)) == "2"
    assert of_number(case.number).state == State.ACCEPTED


def test_a_double_click_has_one_effect(visit, town, edition, at):
    case, clerk = walk.received(town, edition, at=at), visit("clerk")

    answers = [clerk.post(url(case, "accept"), {"version": case.version}).status_code for _ in range(2)]

    assert answers == [302, 422]
    assert of_number(case.number).version == case.version + 1


def test_a_refusal_of_the_law_is_shown_in_the_form(visit, town, edition, at):
    case = walk.received(town, edition, at=at)

    answer = visit("clerk").post(
        url(case, "ask-supplement"), {"version": case.version, "ask_m01": "1", "why_m01": "", "why_m02": "留着"}
    )

    assert answer.status_code == 422
    name = next(each.name for each in edition.doc.materials if each.key == "m01")
    assert f"请写明“{name}”哪里不符合要求" in text(answer)
    assert text(answer).count("请写明补正的理由") == 1
    assert "留着" in text(answer)


def test_a_supplement_is_asked_for_once_with_reasons(visit, town, edition, at):
    case, field = walk.received(town, edition, at=at), "premises_area"
    name = next(each.name for each in edition.doc.form_fields if each.required)

    answer = visit("clerk").post(
        url(case, "ask-supplement"),
        {
            "version": case.version,
            "ask_m01": "1",
            "why_m01": "图像不清晰",
            f"askf_{name}": "1",
            f"whyf_{name}": "请更正",
        },
    )

    assert answer.status_code == 302, field
    notice = of_number(case.number).supplements.get()
    assert [each["key"] for each in notice.materials] == ["m01"]
    assert [each["name"] for each in notice.fields] == [name]


def test_html_in_what_people_write_is_harmless(visit, town, edition, at):
    case, chief = walk.received(town, edition, at=at), visit("chief")

    chief.post(url(case, "void"), {"version": case.version, "reason": HARM})

    page = text(chief.get(url(case)))
    assert HARM not in page
    assert "&lt;script&gt;" in page


def test_a_verb_that_the_state_forbids_says_why(visit, town, edition, at):
    case = walk.closed(town, edition, at=at)

    answer = visit("clerk").get(url(case, "accept"))

    assert answer.status_code == 409
    assert "当前状态为“已办结”" in text(answer)


def test_an_extension_offers_each_new_due_day(visit, town, edition, at):
    case, chief = walk.accepted(town, edition, at=at), visit("chief")

    page = text(chief.get(url(case, "extend")))
    chief.post(url(case, "extend"), {"version": case.version, "days": "10", "reason": "案情复杂"})

    assert "10 个工作日，最迟 3月30日（周一）" in page
    assert of_number(case.number).due_on.isoformat() == "2026-03-30"
    assert "期限只能延长一次" in text(chief.get(url(case, "extend")))


def test_a_pause_stops_the_clock_and_a_resumption_starts_it(visit, town, edition, at):
    case, reviewer = walk.accepted(town, edition, at=at), visit("reviewer")

    reviewer.post(
        url(case, "pause"),
        {"version": case.version, "ground": "听证", "planned_days": "5", "reason": "涉及重大利益"},
    )
    paused = text(reviewer.get(url(case)))
    reviewer.post(url(case, "resume"), {"version": case.version + 1, "result": "听证已结束"})

    assert "计时暂停" in paused
    assert of_number(case.number).state == State.ACCEPTED


def test_no_decision_before_the_opinions(visit, town, edition, at):
    case = walk.accepted(town, edition, at=at)

    page = text(visit("chief").get(url(case)))

    assert "还有 2 个审查环节没有出具意见" in page
    assert visit("chief").get(url(case, "decide")).status_code == 409


def test_whoever_decides_reads_the_disagreement_first(visit, town, edition, at):
    from yimen.review.choices import Opinion

    case = walk.accepted(town, edition, at=at)
    walk.opine_all(town, case, at=at, opinion=Opinion.DISAGREE)

    page = text(visit("chief").get(url(case, "decide")))

    assert "环节不同意" in page
    assert "符合条件。" in page


def test_a_denial_needs_its_reason_and_takes_the_discretion_with_it(visit, town, edition, at):
    case, chief = walk.reviewed(town, edition, at=at), visit("chief")
    given = {"version": case.version, "outcome": "deny"}

    refused = chief.post(url(case, "decide"), given)
    done = chief.post(url(case, "decide"), given | {"reason": "面积不符", "discretion": "基准第三档"})

    assert (refused.status_code, done.status_code) == (409, 302)
    assert of_number(case.number).reason == "面积不符\n裁量说明：基准第三档"


def test_what_ends_a_case_asks_first_with_its_consequence(visit, town, edition, at):
    case = walk.received(town, edition, at=at)

    assert "不能恢复" in text(visit("chief").get(url(case, "void")))
    assert "本件到此结束" in text(visit("clerk").get(url(case, "refuse")))
    assert "先核对来人身份" in text(visit("clerk").get(url(case, "withdraw")))
