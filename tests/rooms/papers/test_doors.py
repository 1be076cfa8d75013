"""The public page tells whether a paper is genuine, and nothing that its holder would mind; the PDF is for readers."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import reverse

from tests.rooms.papers.samples import CASE, DRAWN, receipt
from yimen.files.queries import read_file
from yimen.kit.actor import Actor
from yimen.kit.errors import NotFound, SignInNeeded
from yimen.papers import commands, ports, queries, views
from yimen.papers.models import Paper

READER = Actor(user=7, name="欧阳小锋")

pytestmark = pytest.mark.django_db


def draw_up(**facts: Any) -> Paper:
    given = receipt(**facts)
    return commands.draw_up(kind=given.kind, about=CASE, facts=given, by=Actor.system(), at=DRAWN)


def text_of(response: Any) -> str:
    return str(response.content.decode())


def test_the_code_on_the_paper_says_that_it_is_genuine(client: Client) -> None:
    paper = draw_up()

    page = text_of(client.get(reverse("papers:verify", args=[paper.token])))

    for words in [
        "这份文书是真的",
        "签名有效",
        "文件自签发后未被改动",
        paper.number,
        paper.title,
        paper.agency,
        "2026年3月9日",
    ]:
        assert words in page, words


def test_the_public_page_shows_no_personal_data(client: Client) -> None:
    paper = draw_up(agent="张三丰")

    page = text_of(client.get(reverse("papers:verify", args=[paper.token])))

    assert "欧阳*锋" in page
    for secret in ["欧阳小锋", "张三丰", "4414***", "384920", CASE]:
        assert secret not in page, secret


def test_the_name_of_a_firm_is_public(client: Client) -> None:
    paper = draw_up(applicant="岭东市客家娘酒有限公司", applicant_document="统一社会信用代码 91441400MA4ABCDE01")

    page = text_of(client.get(reverse("papers:verify", args=[paper.token])))

    assert "岭东市客家娘酒有限公司" in page


def test_the_code_may_be_typed_as_it_is_printed_or_in_small_letters(client: Client) -> None:
    paper = draw_up()
    printed = queries.code_of(paper.token)

    for typed in [printed, printed.lower(), printed.replace("-", " ")]:
        response = client.get(reverse("papers:ask"), {"code": typed}, follow=True)

        assert paper.number in text_of(response)


def test_an_empty_code_is_asked_for_again(client: Client) -> None:
    assert "请输入验证码" in text_of(client.get(reverse("papers:ask"), {"code": " "}))


def test_an_unknown_code_gets_a_clear_sentence_and_echoes_no_markup(client: Client) -> None:
    response = client.get(reverse("papers:verify", args=["<b>x"]))

    assert response.status_code == 404
    assert "没有查到这份文书" in text_of(response)
    assert "&lt;b&gt;x" in text_of(response)
    assert "<b>x" not in text_of(response)


def test_a_withdrawn_paper_says_since_when(client: Client) -> None:
    paper = draw_up()
    commands.withdraw(number=paper.number, reason="份数有误", by=READER, at=DRAWN)

    page = text_of(client.get(reverse("papers:verify", args=[paper.token])))

    assert "已于2026年3月9日撤销" in page
    assert "这份文书是真的" not in page


def test_a_file_that_is_not_the_signed_one_is_called_out(client: Client) -> None:
    one, two = (commands.finished(draw_up(), at=DRAWN) for _ in range(2))
    Paper.objects.filter(pk=one.pk).update(file=two.file_id)

    page = text_of(client.get(reverse("papers:verify", args=[one.token])))

    assert "这份文书不能采信" in page


def test_the_file_in_hand_is_compared_byte_by_byte(client: Client) -> None:
    paper = commands.finished(draw_up(), at=DRAWN)
    assert paper.file_id is not None
    content = read_file(paper.file_id)

    def answer(**post: Any) -> str:
        return text_of(client.post(reverse("papers:verify", args=[paper.token]), post))

    assert "文件一致" in answer(file=SimpleUploadedFile("a.pdf", content))
    assert "文件不一致" in answer(file=SimpleUploadedFile("a.pdf", content + b"\n"))
    assert "请选择要核对的文件" in answer()


def test_too_many_questions_from_one_address_are_refused(client: Client, settings: Any) -> None:
    settings.YIMEN_CALLS_PER_MINUTE = 3
    address = reverse("papers:verify", args=["0" * 12])

    answers = [client.get(address).status_code for _ in range(8)]

    assert 429 in answers


def test_readers_get_the_pdf_shown_or_saved(rf: RequestFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "_readers", [lambda actor, about: actor.user == 7 and about == CASE])
    paper = draw_up()

    shown = views.pdf(_asked(rf, paper, READER), number=paper.number)
    saved = views.pdf(_asked(rf, paper, READER, download=""), number=paper.number)

    assert b"".join(shown).startswith(b"%PDF-")  # type: ignore[call-overload]
    assert shown.headers["Content-Disposition"].startswith("inline")
    assert saved.headers["Content-Disposition"].startswith("attachment")


def test_strangers_and_visitors_get_no_pdf(rf: RequestFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "_readers", [lambda actor, about: actor.user == 7])
    paper = draw_up()

    with pytest.raises(NotFound):
        views.pdf(_asked(rf, paper, Actor(user=8)), number=paper.number)
    with pytest.raises(SignInNeeded):
        views.pdf(_asked(rf, paper, Actor()), number=paper.number)


def _asked(rf: RequestFactory, paper: Paper, actor: Actor, **query: str) -> HttpRequest:
    request = rf.get(reverse("papers:pdf", args=[paper.number]), query)
    request.actor = actor  # type: ignore[attr-defined]
    return request
