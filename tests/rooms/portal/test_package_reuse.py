"""May earlier answers and papers be used for other items? Asked once, in an application for several items too."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.builders import catalog as items
from tests.builders import walk
from tests.rooms.portal.test_reuse import DAY, QUESTION, file, item, read
from yimen.applications import commands
from yimen.applications.choices import Channel
from yimen.applications.models import PackageApplication
from yimen.applications.queries import may_reuse
from yimen.applications.queries.together import package_resolutions
from yimen.law.resolution import Way
from yimen.ledger.choices import subject_chain
from yimen.ledger.queries import story
from yimen.portal.views import choosing
from yimen.portal.views import together as packages

PROOF = {
    "name": "居住情况证明",
    "kind": "证明",
    "necessity": "必要",
    "source": "申请人自备",
    "original": 1,
    "copies": 0,
}


@pytest.fixture
def three(town, at, monkeypatch):
    """An item that was applied for before, and two that are applied for now."""
    for module in (choosing, packages):
        monkeypatch.setattr(module, "now", lambda: at)
    first = item(town)
    for slug in ("two-item", "three-item"):
        item(town, slug, name=f"事项{slug}")
    return first


def begun(client, town):
    chosen = {"item": ["two-item", "three-item"], "subject": str(town.citizen.pk)}
    assert client.post(reverse("portal:choose_apply"), chosen).status_code == 302
    return PackageApplication.objects.latest("id")


def tasks(application):
    return reverse("portal:package_tasks", args=[application.number])


def test_it_is_asked_once_where_it_would_help_and_not_again_for_the_next(visit, town, three):
    citizen = visit("citizen")
    assert QUESTION not in read(citizen, tasks(begun(citizen, town))), "there is nothing yet that could be used"
    file(town, three, employer="梅江中学")
    application = PackageApplication.objects.get()
    assert QUESTION in read(citizen, tasks(application))

    citizen.post(reverse("portal:package_reuse_answer", args=[application.number]), {"say": "decline"})

    assert QUESTION not in read(citizen, tasks(application))
    application.refresh_from_db()
    assert "梅江中学" not in application.answers.values()


def test_agreed_it_fills_the_one_form_and_taken_back_it_can_be_taken_out(visit, town, three, at):
    file(town, three, employer="梅江中学")
    citizen = visit("citizen")
    application = begun(citizen, town)

    page = citizen.post(
        reverse("portal:package_reuse_answer", args=[application.number]), {"say": "agree"}, follow=True
    ).content.decode()
    application.refresh_from_db()
    assert "已填好 1 项" in page
    assert may_reuse(town.citizen, at)
    assert application.answers["employer"] == "梅江中学"
    citizen.post("/my/reuse/", {"subject": town.citizen.pk, "say": "revoke"})
    assert "您已撤回同意" in read(citizen, tasks(application))
    citizen.post(reverse("portal:package_take_out", args=[application.number]))

    application.refresh_from_db()
    assert application.answers.get("employer") is None
    assert application.set_aside == {"employer": "梅江中学"}, "nothing is lost"


def test_a_paper_that_only_consent_keeps_away_is_reason_enough_to_ask(visit, town, at, monkeypatch):
    for module in (choosing, packages):
        monkeypatch.setattr(module, "now", lambda: at)
    editions = [
        items.release(
            items.small(slug=slug, name=f"事项{slug}", materials=[PROOF]) | {"department": town.agency.department},
            agency=town.agency,
        )
        for slug in ("one-item", "two-item", "three-item")
    ]
    by = town.act("citizen", DAY)
    first = commands.begin(edition=editions[0], subject=town.citizen, channel=Channel.WEB, by=by, at=DAY)
    paper = commands.attach(first, editions[0].doc.materials[0].key, upload=("a.pdf", walk.PDF), by=by, at=DAY)
    commands.submit(first, by=by, at=DAY)
    commands.check_original(paper, by=town.act("clerk", DAY), at=DAY)
    citizen = visit("citizen")
    application = begun(citizen, town)
    assert QUESTION in read(citizen, tasks(application))
    assert [each.demanded for each in package_resolutions(application, at)] == [True]

    citizen.post(reverse("portal:package_reuse_answer", args=[application.number]), {"say": "agree"})

    assert [(each.way, each.met) for each in package_resolutions(application, at)] == [(Way.EARLIER, True)]


@pytest.mark.parametrize("who", ["stranger", "owner", "clerk"])
def test_nobody_else_answers(visit, town, three, who):
    application = begun(visit("citizen"), town)

    for name in ("package_reuse_answer", "package_take_out"):
        url = reverse(f"portal:{name}", args=[application.number])
        assert visit(who).post(url, {"say": "agree"}).status_code == 404
    assert not [each for each in story(subject_chain(town.citizen.pk)) if each.verb == "reuse_agreed"]
