"""One's own data on one's own page: shown as they are, saved without losing what was not touched."""

from __future__ import annotations

import pytest

from tests.builders import browser_forms, city, identity

pytestmark = pytest.mark.django_db

WRITTEN = "岭东市梅江区江南街道梅龙社区居委会梅龙路18号"


def test_saving_the_page_untouched_loses_nothing(client):
    city.divisions()
    user = identity.citizen()
    person = user.subject
    person.profile = {"phone": "13800138000", "residence_address": WRITTEN, "education": "大学本科"}
    person.save()
    client.force_login(user)

    html = client.get("/my/profile/edit").content.decode()
    post = browser_forms.post(html[html.index("novalidate") :])
    answer = client.post("/my/profile/edit", dict(post.lists()))

    person.refresh_from_db()
    assert answer.status_code == 302
    assert person.profile["education"] == "大学本科"
    assert person.profile["residence_address"] == {
        "county": city.COUNTY, "town": city.TOWN, "village": city.VILLAGE, "detail": "梅龙路18号",
    }  # fmt: skip
    assert "梅江区江南街道梅龙社区居委会梅龙路18号" in client.get("/my/profile/").content.decode()
