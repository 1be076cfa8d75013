"""Drawing up, signing once, withdrawing; and who may read."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from tests.rooms.papers.samples import CASE, DRAWN, every_kind, receipt
from yimen.files.models import StoredFile
from yimen.files.queries import read_file
from yimen.kit.actor import Actor
from yimen.kit.crypto import sm3
from yimen.kit.errors import NotFound
from yimen.ledger.models import Entry
from yimen.papers import access, commands, ports, queries
from yimen.papers.choices import Facts, Kind
from yimen.papers.models import Paper

CLERK = Actor(user=7, name="王芳", duties=frozenset({"clerk"}))


def draw_up(facts: Facts | None = None, **other: Any) -> Paper:
    facts = facts or receipt()
    return commands.draw_up(**{"kind": facts.kind, "about": CASE, "facts": facts, "by": CLERK, "at": DRAWN} | other)


@pytest.mark.django_db
def test_a_paper_gets_a_number_that_names_city_kind_and_year() -> None:
    paper = draw_up()

    assert paper.number.startswith("岭政服收〔2026〕")
    assert paper.number.endswith("号")
    assert paper.title == "申请材料接收回执"


@pytest.mark.django_db
def test_every_kind_can_be_drawn_up_and_finished() -> None:
    papers = [commands.finished(draw_up(facts), at=DRAWN) for facts in every_kind()]

    assert len({paper.number for paper in papers}) == len({paper.token for paper in papers}) == len(papers)
    assert all(queries.is_intact(paper) for paper in papers)


@pytest.mark.django_db
def test_facts_of_one_kind_are_no_paper_of_another() -> None:
    with refused(TypeError):
        draw_up(kind=Kind.GRANT)

    assert not Paper.objects.exists()


@pytest.mark.django_db
def test_drawing_up_and_signing_stand_in_the_ledger_of_the_case() -> None:
    paper = commands.finished(draw_up(), at=DRAWN)

    entries = Entry.objects.filter(chain=f"case:{CASE}").order_by("seq")
    assert [entry.verb for entry in entries] == ["paper_drawn_up", "file_stored", "paper_signed"]
    assert paper.digest in entries[2].body


@pytest.mark.django_db
def test_drawing_up_costs_four_statements() -> None:
    with CaptureQueriesContext(connection) as asked:
        draw_up()

    assert len([query for query in asked if "SAVEPOINT" not in query["sql"]]) <= 4


@pytest.mark.django_db
def test_nobody_reads_the_person_or_the_password_in_the_table() -> None:
    draw_up()

    with connection.cursor() as cursor:
        cursor.execute("SELECT papers_paper::text, facts FROM papers_paper")
        row, facts = cursor.fetchone()
    assert "欧阳" not in row
    assert "欧阳".encode() not in bytes(facts)
    assert b"384920" not in bytes(facts)


@pytest.mark.django_db
def test_the_file_is_made_once() -> None:
    paper = commands.finished(draw_up(), at=DRAWN)

    again = commands.finished(queries.by_number(paper.number), at=DRAWN)

    assert again.file_id == paper.file_id
    with refused(commands.AlreadyFinished):
        commands.finish(number=paper.number, by=CLERK, at=DRAWN)
    assert StoredFile.objects.count() == 1


@pytest.mark.django_db
def test_later_settings_do_not_change_what_was_frozen(settings: Any) -> None:
    paper = draw_up()
    before = queries.pdf_of(paper)

    settings.YIMEN_ADDRESS, settings.YIMEN_CITY_NAME, settings.YIMEN_SAMPLE_SEALS = (
        "https://else.where",
        "岭西市",
        False,
    )

    assert queries.pdf_of(queries.by_number(paper.number)) == before


@pytest.mark.django_db
def test_the_signature_is_of_the_file_and_the_agency() -> None:
    paper = commands.finished(draw_up(), at=DRAWN)
    assert paper.file_id is not None
    assert sm3(read_file(paper.file_id)).hex() == paper.digest
    assert queries.is_intact(paper)

    paper.agency_code = "441400-GA"
    assert not queries.is_intact(paper)


@pytest.mark.django_db
def test_an_exchanged_file_or_signature_is_found_out() -> None:
    one, two = (commands.finished(draw_up(), at=DRAWN) for _ in range(2))

    exchanged = queries.by_number(one.number)
    exchanged.file_id = two.file_id
    forged = queries.by_number(one.number)
    forged.digest = two.digest

    assert not queries.is_intact(exchanged)
    assert not queries.is_intact(forged)
    assert not queries.is_intact(draw_up())


@pytest.mark.django_db
def test_papers_of_a_case_are_listed_in_the_order_in_which_they_were_drawn_up() -> None:
    first, second = draw_up(), draw_up(every_kind()[1])
    draw_up(about="another case")
    commands.withdraw(number=first.number, reason="份数有误", by=CLERK, at=DRAWN)

    listed = queries.of(CASE)

    assert [(row["number"], row["kind"], row["title"], row["at"], row["withdrawn"]) for row in listed] == [
        (first.number, "A", "申请材料接收回执", DRAWN, True),
        (second.number, "C", "受理通知书", DRAWN, False),
    ]
    assert all(row["url"].endswith(".pdf") for row in listed)


@pytest.mark.django_db
def test_a_paper_is_withdrawn_once_and_with_a_reason() -> None:
    paper = draw_up()

    commands.withdraw(number=paper.number, reason="份数有误", by=CLERK, at=DRAWN)

    assert queries.by_number(paper.number).withdrawn_why == "份数有误"
    with refused(commands.AlreadyWithdrawn):
        commands.withdraw(number=paper.number, reason="再次", by=CLERK, at=DRAWN)
    with refused(NotFound):
        commands.withdraw(number="岭政服收〔2026〕0号", reason="没有", by=CLERK, at=DRAWN)


@pytest.mark.django_db
def test_only_whoever_may_see_the_case_may_read_its_papers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "_readers", [lambda actor, about: actor.user == 7 and about == CASE])
    paper, other = draw_up(), draw_up(about="another case")

    access.require_reader(CLERK, paper)

    with pytest.raises(NotFound):
        access.require_reader(Actor(user=8), paper)
    with pytest.raises(NotFound):
        access.require_reader(CLERK, other)


@pytest.mark.django_db
def test_until_somebody_says_who_may_read_nobody_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "_readers", [])

    with pytest.raises(NotFound):
        access.require_reader(CLERK, draw_up())


@pytest.mark.django_db(transaction=True)
def test_two_who_finish_together_leave_one_file() -> None:
    paper = draw_up()

    files = _together([lambda: commands.finished(queries.by_number(paper.number), at=DRAWN).file_id] * 4)

    assert len(set(files)) == 1
    assert StoredFile.objects.count() == 1
    assert queries.is_intact(queries.by_number(paper.number))


@pytest.mark.django_db(transaction=True)
def test_papers_drawn_up_together_get_numbers_of_their_own() -> None:
    numbers = _together([lambda: draw_up().number] * 8)

    assert len(set(numbers)) == 8


@contextlib.contextmanager
def refused(refusal: type[Exception]) -> Iterator[None]:
    """The command says no and its transaction, here a savepoint of the test's, is rolled back."""
    with pytest.raises(refusal), transaction.atomic():
        yield


def _together(calls: list[Callable[[], Any]]) -> list[Any]:
    """Run calls at the same instant on connections of their own."""
    answers: list[Any] = []
    gate = threading.Barrier(len(calls))

    def run(call: Callable[[], Any]) -> None:
        try:
            gate.wait()
            answers.append(call())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == len(calls)
    return answers
