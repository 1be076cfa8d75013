"""A copy of everything (个人信息保护法 45) holds every file that is named in it, and all that pages show of oneself."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
from django.urls import reverse

from tests.builders import jobs, walk
from tests.builders.walk import PDF, at
from tests.rooms.portal.test_my_data import SCHEMA
from yimen.applications import commands
from yimen.applications.choices import Channel
from yimen.applications.queries import documents, of_number
from yimen.files.queries import read_file
from yimen.identity.models import DataCopy
from yimen.vault.commands import freeze, lift_freeze
from yimen.vault.models import Licence

DAY = at("2026-03-02")


def paths(value: Any) -> Iterator[str]:
    """Wherever the document says that a file lies."""
    if isinstance(value, dict):
        for each in value.values():
            yield from paths(each)
    elif isinstance(value, list):
        for each in value:
            yield from paths(each)
    elif isinstance(value, str) and value.startswith(("files/", "papers/", "licences/")):
        yield value


def test_every_file_is_there_with_who_used_each_licence_what_was_frozen_agreed_to_and_begun_together(visit, town):
    edition = town.release("food-business-licence")
    case = walk.closed(town, edition, at=DAY)
    owner = town.act("owner", DAY)
    licence = Licence.objects.filter(holder=town.firm).latest("pk")
    freeze(licence, by=owner, at=DAY, why="手机丢了")
    lift_freeze(licence, by=owner, at=DAY)
    commands.give_consent(town.firm, channel=Channel.WEB, by=owner, at=DAY)
    client = visit("owner")
    for slug in ("tobacco-retail-licence", "outdoor-signboard"):
        town.release(slug)
    items = {"item": ["tobacco-retail-licence", "outdoor-signboard"], "subject": town.firm.pk}
    assert client.post(reverse("portal:choose_apply"), items).status_code == 302

    client.post(reverse("portal:ask_copy", args=[town.firm.pk]))
    jobs.run()
    answer = client.get(reverse("portal:copy_file", args=[DataCopy.objects.latest("pk").pk, 1]))

    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    told = json.loads(archive.read("my-data.json"))
    jsonschema_rs.validator_for(SCHEMA).validate(told)
    named = set(paths(told))
    assert named <= set(archive.namelist())
    assert "missing-files.txt" not in archive.namelist()
    handed_in = [each for each in documents(of_number(case.number)) if each.file_id]
    kept = [archive.read(path) for path in named if path.startswith(f"files/{case.number}/")]
    assert sorted(kept) == sorted(read_file(each.file_id) for each in handed_in) != []
    assert PDF in kept
    [mine] = [each for each in told["licences"] if each["number"] == licence.number]
    assert archive.read(mine["file"]).startswith(b"%PDF")
    assert mine["frozen"][0]["lifted_at"]
    assert [each["said"] for each in told["consents"]] == ["同意"]
    assert [each["name"] for each in told["packages"]] != []
    assert {each["file"] for each in told["cases"][0]["papers"]} <= named
