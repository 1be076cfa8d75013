"""A licence that the city has no data of: its holder uploads it (C), a clerk compares the original (B)."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader, PdfWriter

from tests.builders import batches, city, walk
from tests.builders.desk import text
from yimen.catalog.models import Edition
from yimen.counter.access import note_for
from yimen.files.queries import read_file
from yimen.kit.errors import Forbidden, Invalid, Refusal
from yimen.law.presenting import Standing
from yimen.ledger.choices import subject_chain
from yimen.ledger.queries import story
from yimen.notices.models import Message
from yimen.vault import access, commands, queries
from yimen.vault.choices import State, Trust
from yimen.vault.models import Licence, TrustMove

Visit = Callable[..., Client]
SCAN = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
HOSTILE = b"%PDF-1.4\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n%%EOF\n"
KIND, NUMBER = "business_licence", "441402000012345"


@pytest.fixture
def given(town: walk.Town, edition: Edition, at: datetime) -> Callable[..., Licence]:
    """given(number=…): the firm's legal representative uploads what hangs on the wall."""

    def made(**more: Any) -> Licence:
        kind = queries.kind_named(more.pop("kind", KIND))
        assert kind is not None
        told = {
            "holder": town.firm, "agency": city.agency(kind.issuing_department), "number": NUMBER, "fields": {},
            "scan": ("卫生许可证.pdf", SCAN), "valid_to": date(2027, 5, 1), "by": town.act("owner", at), "at": at,
        }  # fmt: skip
        return commands.upload(kind, **told | more)

    return made


def test_what_was_uploaded_is_of_level_c_and_believed_nowhere(
    given: Callable[..., Licence], town: walk.Town, at: datetime
) -> None:
    licence = given()

    found = queries.by_token(licence.token)
    assert found is not None
    assert (licence.trust, licence.state, queries.untouched(found)) == (Trust.C, State.SIGNED, True)
    assert queries.check(found, at).standing is Standing.UNSEEN
    assert queries.valid_of(town.firm.pk, KIND, at) is None
    assert queries.valid_of_any([town.firm.pk], [KIND], at) == []
    with pytest.raises(commands.NotPresentable):
        commands.present(licence, by=town.act("owner", at), at=at)
    assert [line.verb for line in story(subject_chain(town.firm.pk))][-1] == "licence_uploaded"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"scan": ("x.pdf", b"MZ\x90 an exe")}, "file_type_unknown"),
        ({"scan": ("x.pdf", HOSTILE)}, "file_runs_by_itself"),
        ({"valid_to": date(2026, 3, 1)}, "invalid"),
        ({"issued_on": date(2026, 3, 3)}, "invalid"),
        ({"number": "  "}, "invalid"),
        ({"fields": {"no_such": "x"}}, "invalid"),
        ({"fields": {"uscc": "91440300MA5F8X7K2X"}}, "invalid"),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(
    given: Callable[..., Licence], more: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        given(**more)

    assert refused.value.code == code
    assert not Licence.objects.filter(trust=Trust.C).exists()


def test_only_who_may_file_everything_for_somebody_uploads_for_them(
    given: Callable[..., Licence], town: walk.Town, at: datetime
) -> None:
    with pytest.raises(Forbidden):
        given(by=town.act("stranger", at))
    with pytest.raises(Forbidden):
        given(by=town.act("clerk", at))


def test_what_is_here_already_is_not_uploaded_again_and_nobody_fills_the_library(
    given: Callable[..., Licence], settings: Any
) -> None:
    settings.YIMEN_UPLOADED_LICENCES = 2
    given()
    with pytest.raises(commands.AlreadyHere):
        given()
    given(number="第二份")

    with pytest.raises(commands.TooManyUploads):
        given(number="第三份")


def test_its_holder_deletes_it_before_a_clerk_has_seen_it_and_not_after(
    given: Callable[..., Licence], town: walk.Town, at: datetime
) -> None:
    first, second, owner = given(), given(number="第二份"), town.act("owner", at)

    commands.take_back(first, reason="传错了", by=owner, at=at)
    commands.verify_original(second, by=town.act("clerk", at), at=at)

    assert [each.pk for each in queries.held_by([town.firm.pk])] == [second.pk]
    for licence in (first, second):
        with pytest.raises(commands.NotAnUpload):
            commands.take_back(licence, reason="再删", by=owner, at=at)


def test_level_b_dies_with_the_original(given: Callable[..., Licence], town: walk.Town, at: datetime) -> None:
    licence, clerk = given(), town.act("clerk", at)
    with pytest.raises(Invalid):
        commands.verify_original(licence, valid_to=date(2026, 3, 1), by=clerk, at=at)

    commands.verify_original(licence, valid_to=date(2026, 4, 1), by=clerk, at=at)

    assert queries.valid_of(town.firm.pk, KIND, at) == licence
    assert queries.valid_of(town.firm.pk, KIND, at + timedelta(days=31)) is None


def test_a_clerk_does_not_compare_what_they_hold_themselves(
    given: Callable[..., Licence], town: walk.Town, at: datetime
) -> None:
    licence, clerk = given(), town.act("clerk", at)

    with pytest.raises(access.OwnLicence):
        commands.verify_original(licence, by=replace(clerk, subject=town.firm.pk), at=at)


def test_from_my_space_to_the_counter(town: walk.Town, edition: Edition, visit: Visit, at: datetime) -> None:
    """Uploaded on the page, offered nowhere; the clerk compares it at the counter; then it is used."""
    mine, desk = visit("owner"), visit("clerk")
    kind = queries.kind_named(KIND)
    assert kind is not None
    form = {"holder": town.firm.pk, "agency": city.agency(kind.issuing_department).pk, "number": NUMBER}
    page = reverse("vault:upload", args=[KIND])

    assert "上传已有的证照" in text(mine.get(reverse("vault:mine")))
    assert mine.get(reverse("vault:upload_choose"), {"kind": KIND}).headers["Location"] == page
    lacking = mine.post(page, form | {"number": ""})
    sent = mine.post(page, form | {"valid_to": "2027-05-01", "scan": SimpleUploadedFile("证.pdf", SCAN)}, follow=True)
    licence = Licence.objects.get(trust=Trust.C)

    assert (lacking.status_code, sent.status_code) == (422, 200)
    assert "请选择扫描件" in text(lacking)
    assert "请填写“证照编号”。" in text(lacking), "which field, and what to do"
    assert "还差一步：核验原件" in text(sent)
    assert "出示证照" not in text(sent)
    assert b"".join(mine.get(reverse("vault:scan", args=[licence.pk])).streaming_content) == SCAN  # type: ignore[attr-defined]
    assert visit("stranger").get(reverse("vault:scan", args=[licence.pk])).status_code == 404

    visitor = reverse("counter:visitor", args=[note_for(town.firm.pk, town.act("clerk", at))])
    link = f"{visitor}licences/{licence.pk}/"
    assert link in text(desk.get(visitor))
    assert NUMBER in text(desk.get(link))
    done = desk.post(link, {"device": "高拍仪 2 号", "valid_to": "2027-05-01"}, follow=True)

    move = TrustMove.objects.get(licence=licence)
    assert "已核验原件" in text(done)
    assert (move.after, move.by, move.window, move.device) == (
        Trust.B,
        town.users["clerk"].pk,
        town.window,
        "高拍仪 2 号",
    )
    assert queries.valid_of(town.firm.pk, KIND, at) == licence
    assert "经窗口核验原件" in text(mine.get(reverse("vault:licence", args=[licence.pk])))


def test_what_differs_from_its_original_is_set_aside_and_the_holder_is_told(
    given: Callable[..., Licence], town: walk.Town, visit: Visit, at: datetime
) -> None:
    licence, desk = given(), visit("clerk")
    link = reverse("counter:original", args=[note_for(town.firm.pk, town.act("clerk", at)), licence.pk])

    desk.post(link, {"differs": "编号不同"})

    assert Licence.objects.get(pk=licence.pk).state == State.REVOKED
    assert "编号不同" in Message.objects.get(subject=town.firm.pk).body
    assert desk.get(link).status_code == 404


def test_from_an_open_case_that_needs_it_the_original_is_compared_and_without_one_it_is_not(
    given: Callable[..., Licence], town: walk.Town, edition: Edition, visit: Visit, at: datetime
) -> None:
    licence = given()
    case, desk = walk.received(town, edition, at=at), visit("clerk")
    page = reverse("vault:original", args=[licence.pk])

    refused = desk.get(page)
    listed = desk.get(reverse("vault:of_case", args=[case.number]))
    desk.post(page, {"case": case.number, "valid_to": ""})

    assert refused.status_code == 403
    assert "原件待核验" in text(listed)
    assert Licence.objects.get(pk=licence.pk).trust == Trust.B


def test_a_scan_whose_form_was_refused_is_not_asked_for_again(visit: Visit, town: walk.Town, edition: Edition) -> None:
    kind = queries.kind_named(KIND)
    assert kind is not None
    mine, url = visit("owner"), reverse("vault:upload", args=[KIND])
    told = {"holder": town.firm.pk, "agency": city.agency(kind.issuing_department).pk}
    scan = SimpleUploadedFile("执照.pdf", SCAN, "application/pdf")

    refused = mine.post(url, told | {"number": "", "scan": scan})

    assert refused.status_code == 422
    assert "已收到扫描件“执照.pdf”" in text(refused)
    note = re.search(r'name="kept" value="([^"]+)"', refused.content.decode())
    assert note is not None
    stranger = visit("stranger").post(url, told | {"number": NUMBER, "kept": note[1]})
    assert "请选择扫描件。" in text(stranger) or stranger.status_code == 302
    assert not Licence.objects.filter(trust=Trust.C).exists()
    assert mine.post(url, told | {"number": NUMBER, "kept": note[1]}).status_code == 302
    made = Licence.objects.get(trust=Trust.C)
    assert (made.number, made.file.name if made.file else "") == (NUMBER, "执照.pdf")


def test_a_hostile_scan_is_never_kept(visit: Visit, town: walk.Town, edition: Edition) -> None:
    scan = SimpleUploadedFile("执照.pdf", HOSTILE, "application/pdf")

    refused = visit("owner").post(reverse("vault:upload", args=[KIND]), {"holder": town.firm.pk, "scan": scan})

    assert refused.status_code == 422
    assert "已收到扫描件" not in text(refused)


ELSEWHERE = commands.Outside(" 广州市市场监督管理局 ", "广东省广州市")


def test_what_a_body_of_another_place_issued_is_uploaded_named_and_never_believed_more(
    given: Callable[..., Licence], town: walk.Town, at: datetime
) -> None:
    licence = given(agency=None, outside=ELSEWHERE)

    found = queries.by_token(licence.token)
    assert found is not None
    assert (licence.agency_id, licence.trust, queries.untouched(found)) == (None, Trust.C, True)
    assert queries.check(found, at).issuer == "广州市市场监督管理局（广东省广州市）"
    assert queries.check(found, at).standing is Standing.UNSEEN
    assert queries.valid_of(town.firm.pk, KIND, at) is None

    commands.verify_original(licence, by=town.act("clerk", at), at=at)

    seen = queries.by_token(licence.token)
    assert seen is not None
    assert (seen.trust, queries.check(seen, at).standing) == (Trust.B, Standing.VALID)
    best = queries.valid_of(town.firm.pk, KIND, at)
    assert best is not None
    assert best.pk == licence.pk
    with pytest.raises(IntegrityError), transaction.atomic():
        Licence.objects.filter(pk=licence.pk).update(trust=Trust.A)


def test_nobody_here_manages_ends_or_renews_what_another_place_issued(
    given: Callable[..., Licence], town: walk.Town, at: datetime, visit: Visit
) -> None:
    licence = given(agency=None, outside=ELSEWHERE)
    commands.verify_original(licence, by=town.act("clerk", at), at=at)
    chief = town.act("chief", at)

    assert visit("chief").get(reverse("vault:issued", args=[licence.pk])).status_code == 404
    with pytest.raises(Forbidden):
        commands.revoke(licence, reason="x", by=chief, at=at)
    with pytest.raises(Forbidden):
        commands.suspend(licence, ground="x", reason="x", by=chief, at=at)
    assert licence.pk not in {each.pk for each in queries.of_agencies(sorted(chief.agencies))}
    page = text(visit("owner").get(reverse("vault:licence", args=[licence.pk])))
    assert "广州市市场监督管理局（广东省广州市）" in page


def test_the_form_takes_another_places_body_by_its_name_and_asks_for_it(
    visit: Visit, town: walk.Town, edition: Edition
) -> None:
    page, form = visit("owner"), reverse("vault:upload", args=[KIND])

    def sent(**more: str) -> Any:
        told = {"holder": str(town.firm.pk), "agency": "elsewhere", "number": "440101000099999", **more}
        return page.post(form, told | {"scan": SimpleUploadedFile("a.pdf", SCAN, "application/pdf")})

    begun, refused = page.get(form), sent()
    taken = sent(outside="广州市市场监督管理局", outside_region="")

    # Hidden where scripts run until such a body is chosen; without them each says when it is filled in.
    assert begun.content.decode().count(" data-off>") == 2
    assert begun.content.decode().count("仅在“颁发机关”为“其他地方的机关”时填写") == 2
    assert " data-off>" not in refused.content.decode()
    assert refused.status_code == 422
    assert "请照证照上写的填写颁发机关的名称" in text(refused)
    assert taken.status_code == 302
    made = Licence.objects.get(trust=Trust.C)
    assert (made.issuer, made.agency_id) == ("广州市市场监督管理局", None)


def real_scan() -> bytes:
    """A PDF of one page, as a scanner makes it."""
    made = io.BytesIO()
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.write(made)
    return made.getvalue()


def words_of(content: bytes) -> list[str]:
    return ["".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages]


def test_what_was_compared_says_so_with_who_when_and_where_on_all_that_is_handed_out_of_it(
    given: Callable[..., Licence], town: walk.Town, edition: Edition, visit: Visit, at: datetime
) -> None:
    scan = real_scan()
    licence, clerk = given(scan=("执照.pdf", scan)), town.act("clerk", at)
    case, desk = walk.received(town, edition, at=at), visit("clerk")
    raw = desk.get(reverse("vault:use_scan", args=[licence.pk]), {"case": case.number})
    commands.verify_original(licence, by=clerk, at=at)

    told = {"case": case.number, "purpose": "审查申请材料"}
    copied = desk.post(reverse("vault:copy", args=[licence.pk]), told).content
    seen = desk.get(reverse("vault:use_scan", args=[licence.pk]), {"case": case.number}).content
    own = b"".join(visit("owner").get(reverse("vault:pdf", args=[licence.pk])).streaming_content)  # type: ignore[attr-defined]

    assert b"".join(raw.streaming_content) == scan, "before it was compared it is what was sent"  # type: ignore[attr-defined]
    for content in (copied, seen, own):
        for page in words_of(content):
            for mark in ("与原件一致", "2026年3月2日", town.users["clerk"].name, "号窗口"):
                assert "".join(mark.split()) in page, mark
    assert "仅供办件" in words_of(copied)[0]
    assert "仅限政务服务使用" in words_of(seen)[0]
    kept = Licence.objects.get(pk=licence.pk).file
    assert kept is not None
    assert read_file(kept.pk) == scan


def test_a_scan_that_no_reader_opens_is_shown_as_it_is_and_its_copy_is_the_face_set_anew(
    given: Callable[..., Licence], town: walk.Town, edition: Edition, visit: Visit, at: datetime
) -> None:
    licence = given()
    case, desk = walk.received(town, edition, at=at), visit("clerk")
    commands.verify_original(licence, by=town.act("clerk", at), at=at)

    told = {"case": case.number, "purpose": "审查申请材料"}
    copied = desk.post(reverse("vault:copy", args=[licence.pk]), told).content
    seen = desk.get(reverse("vault:use_scan", args=[licence.pk]), {"case": case.number})

    assert "与原件一致" in words_of(copied)[0]
    assert not queries.paper(Licence.objects.get(pk=licence.pk)).drawn_seal, "nobody's seal on what they didn't sign"
    assert b"".join(seen.streaming_content) == SCAN  # type: ignore[attr-defined]


def test_kinds_are_listed_by_their_sound(visit: Visit, town: walk.Town) -> None:
    names = {
        "不动产权证书": "first_kind",
        "卫生许可证": "second_kind",
        "毕业证书": "third_kind",
        "护士执业证书": "fourth_kind",
    }
    for name, code in names.items():
        batches.kind(code=code, name=name)

    page = text(visit("owner").get(reverse("vault:upload_choose")))

    assert sorted(names, key=page.index) == ["毕业证书", "不动产权证书", "护士执业证书", "卫生许可证"]
