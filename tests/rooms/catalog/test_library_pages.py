"""The field library at the desk: who reads it, who changes it, what its pages say."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.builders import catalog, city
from tests.rooms.catalog.test_checkups import sign_in
from yimen.sheets import commands, queries
from yimen.sheets.queries import library_field

pytestmark = pytest.mark.django_db

NEW = {
    "code": "shop.colour", "name": "店面颜色", "meaning": "店面外墙的颜色。", "kind": "choice", "choices": "红\n绿",
    "authority": "申请人自行填写", "sensitivity": "general", "also": "外墙颜色", "sources": "",
}  # fmt: skip
PAGES = ["/desk/fields/", "/desk/fields/org.name/"]
VERBS = ["/desk/fields/new", "/desk/fields/org.name/change", "/desk/fields/org.name/retire"]


@pytest.mark.parametrize(
    ("duty", "reads", "changes"),
    [
        ("editor", 200, 200), ("administrator", 200, 200), ("staffing", 200, 403), ("legal", 200, 403),
        ("clerk", 403, 403), ("reviewer", 403, 403),
    ],
)  # fmt: skip
def test_who_reads_and_who_changes_the_library(client: Client, duty: str, reads: int, changes: int) -> None:
    sign_in(client, duty)

    assert [client.get(page).status_code for page in PAGES] == [reads] * len(PAGES)
    assert [client.get(page).status_code for page in VERBS] == [changes] * len(VERBS)


def test_a_field_is_found_by_any_of_its_names_and_tells_which_items_ask_it(client: Client) -> None:
    sign_in(client, "editor")
    catalog.item("food-business-licence")

    listed = client.get("/desk/fields/", {"q": "企业名称"}).content.decode()
    page = client.get("/desk/fields/org.name/").content.decode()
    unused = client.get("/desk/fields/bank.holder/").content.decode()

    assert "/desk/fields/org.name/" in listed
    assert "/desk/fields/org.uscc/" not in listed
    assert "食品经营许可" in page
    assert "现行的事项都没有问这一项" in unused


def test_a_field_is_defined_and_a_slip_is_told_beside_its_place_with_nothing_lost(client: Client) -> None:
    sign_in(client, "editor")

    wrong = client.post("/desk/fields/new", NEW | {"code": "Shop Colour"})
    bad_pattern = client.post("/desk/fields/new", NEW | {"kind": "text", "pattern": "("})
    done = client.post("/desk/fields/new", NEW)

    assert wrong.status_code == bad_pattern.status_code == 422
    assert "店面颜色" in wrong.content.decode()
    assert done.headers["Location"] == "/desk/fields/shop.colour/"
    assert library_field("shop.colour").choices == ("红", "绿")


def test_a_field_is_described_better_and_retired_with_what_takes_its_place(client: Client) -> None:
    commands.load_library(queries.shipped(), by=city.SYSTEM, at=city.AT)
    sign_in(client, "administrator")
    client.post("/desk/fields/new", NEW)

    client.post("/desk/fields/shop.colour/change", NEW | {"meaning": "外墙和招牌的颜色。"})
    client.post("/desk/fields/shop.colour/retire", {"replaced_by": "premises.name"})

    retired = library_field("shop.colour")
    assert retired.meaning == "外墙和招牌的颜色。"
    assert retired.replaced_by == "premises.name"
    assert "由它代替" in client.get("/desk/fields/shop.colour/").content.decode()
