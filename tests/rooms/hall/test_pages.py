"""Windows and their authorisations."""

from __future__ import annotations

from tests.builders.desk import HARM, statuses, text
from yimen.hall.models import WindowAuthorisation


def test_hall_managers_and_administrators_entrust_others_do_not(visit, town):
    who = ("hall", "admin", "clerk", "chief", "citizen", "")

    assert statuses(visit, "/desk/windows/", *who) == {
        "hall": 200, "admin": 200, "clerk": 403, "chief": 403, "citizen": 403, "nobody": 302,
    }  # fmt: skip
    assert visit("clerk").post(f"/desk/windows/{town.window}/authorise/").status_code == 403


def test_an_agency_entrusts_a_window_by_a_dated_document(visit, town, edition):
    hall, page = visit("hall"), f"/desk/windows/{town.window}/authorise/?agency={town.agency.code}"
    offered = text(hall.get(page))

    answer = hall.post(
        page,
        {
            "document_no": "委托〔2026〕2号",
            "since": "2026-03-02",
            "decides_instant": "on",
            "items": [edition.item.slug],
        },
    )

    assert edition.item.name in offered
    assert answer.status_code == 302
    given = WindowAuthorisation.objects.latest("pk")
    assert (given.items, given.decides_instant, given.document_no) == ([edition.item.slug], True, "委托〔2026〕2号")
    assert "委托〔2026〕2号" in text(hall.get(answer.url))


def test_what_was_typed_is_shown_again_with_what_is_wrong(visit, town):
    page = f"/desk/windows/{town.window}/authorise/?agency={town.agency.code}"

    answer = visit("hall").post(page, {"document_no": HARM, "since": "2026-03-02", "until": "2026-01-01"})

    assert answer.status_code == 422
    assert "授权的截止日期不得早于开始日期" in text(answer)
    assert HARM not in text(answer)
    assert "&lt;script&gt;" in text(answer)
    assert WindowAuthorisation.objects.count() == 1


def test_an_authorisation_is_taken_back_on_a_day(visit, town, at):
    given, hall = WindowAuthorisation.objects.get(), visit("hall")
    address = f"/desk/windows/authorisations/{given.pk}/withdraw/"

    page = text(hall.get(address))
    answer = hall.post(address, {"until": "2026-03-01", "reason": "窗口调整"})

    assert "已经受理的办件不受影响" in page
    assert answer.status_code == 302
    given.refresh_from_db()
    assert given.until.isoformat() == "2026-03-01"
    assert "已经结束的授权" in text(hall.get(answer.url))


def test_unknown_windows_and_agencies_are_not_found(visit, town):
    assert visit("hall").get("/desk/windows/999/").status_code == 404
    assert visit("hall").get(f"/desk/windows/{town.window}/authorise/?agency=x").status_code == 404
    assert visit("hall").get("/desk/windows/authorisations/999/withdraw/").status_code == 404
