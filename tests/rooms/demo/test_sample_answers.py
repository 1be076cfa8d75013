"""What the demonstration city answers a form with can be kept, whatever the form asks for."""

from __future__ import annotations

import pytest

from tests.builders import catalog as items
from tests.builders import walk
from tests.builders.walk import at
from yimen.applications.models import Application
from yimen.cases.models import Case
from yimen.files.queries import read_file

DAY = at("2026-03-02")
ASKED = (
    items.field("drawing", "file", label="店面图纸", required=True),
    items.field("photo", "file", label="门头照片"),
    items.field("term", "period", label="经营期限", required=True),
    items.field("capital", "money", label="出资额", required=True),
    items.field("honest", "declaration", label="内容真实", required=True, statement="填写的内容属实。"),
    items.field("sign", "signature", label="签名", required=True, statement="以上由本人填写。"),
)


@pytest.mark.django_db
def test_files_periods_money_and_signatures_are_answered_with_what_is_really_kept() -> None:
    town = walk.town()
    raw = items.small(name="门店登记", subjects=["企业法人"], form_fields=list(ASKED), materials=[])
    edition = items.release(raw | {"department": town.agency.department}, agency=town.agency)

    case = walk.received(town, edition, at=DAY)

    answers = Application.objects.get(number=case.number).answers
    assert set(answers) >= {each["name"] for each in ASKED}
    assert read_file(answers["drawing"]["file"]).startswith(b"%PDF")
    assert answers["drawing"]["name"] == "店面图纸.pdf"
    assert answers["photo"]["file"] != answers["drawing"]["file"]
    assert Case.objects.count() == 1
