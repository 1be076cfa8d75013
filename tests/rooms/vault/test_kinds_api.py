"""Kinds of licences, files of licences and revoked keys for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from tests.builders import catalog, city, identity
from yimen.city import commands as keys
from yimen.city.choices import RevokedFor
from yimen.kit.actor import Actor
from yimen.kit.crypto import sm3
from yimen.kit.time import CHINA
from yimen.vault import commands

AT = datetime(2026, 3, 9, 10, 0, tzinfo=CHINA)
SYSTEM = Actor.system()

pytestmark = pytest.mark.django_db


def test_kinds_and_their_fields_are_told_to_anybody(client: Any) -> None:
    catalog.kinds()

    listed = client.get("/api/v1/public/licence-kinds").json()["items"]
    one = client.get("/api/v1/public/licence-kinds/id_card").json()

    assert "food_business_licence" in {row["code"] for row in listed}
    fields = {row["key"]: (row["label"], row["type"], row["sensitivity"]) for row in one["fields"]}
    assert fields["id_number"] == ("公民身份号码", "citizen_id", "sensitive")
    assert fields["birth_date"][1] == "date"
    assert one["layout"] == "certificate"
    assert client.get("/api/v1/public/licence-kinds/nothing").status_code == 404


def test_the_signed_file_is_for_its_holder_and_not_for_others(client: Any) -> None:
    holder, stranger = identity.citizen(), identity.citizen("陌生人")
    kind = catalog.kinds()["id_card"]
    licence = commands.take_in(
        kind, holder=holder.subject, fields={"name": "王小梅"}, agency=city.agency("GA"), number="1", by=SYSTEM, at=AT
    )
    address = f"/api/v1/licences/{licence.pk}/file"

    assert client.get(address).status_code == 401
    client.force_login(stranger)
    assert client.get(address).status_code == 404
    client.force_login(holder)
    one, again = client.get(address), client.get(address)
    assert one["Content-Type"] == "application/pdf"
    assert one.getvalue() == again.getvalue()


def test_revoked_keys_are_listed_for_anybody(client: Any) -> None:
    agency = city.agency("SJ")
    key = keys.sign_for(agency.code, sm3(b"x"), by=SYSTEM, at=AT).key
    keys.revoke_key(key, reason=RevokedFor.CEASED, note="内部说明", by=SYSTEM, at=AT)

    answer = client.get("/api/v1/public/revoked-keys")

    assert [(row["name"], row["reason"], row["holder_name"]) for row in answer.json()["items"]] == [
        (key.name, "ceased", agency.name)
    ]
    assert "内部说明" not in answer.content.decode()
